import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { type Event, eventSchema } from "@glasswatch/core/events/event";
import type { DetectorGroup } from "@glasswatch/core/groups";
import { openFindings, type StoredFinding } from "@glasswatch/core/state/findings";
import { type Lease, openLeases } from "@glasswatch/core/state/leases";
import { openScans, queuedScan, type Scan } from "@glasswatch/core/state/scans";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import { type EmbeddedOptions, type EmbeddedPorts, openEmbedded } from "@glasswatch/embedded/open-embedded";
import type { WorkerTimes } from "@glasswatch/worker/times";
import { type WorkerOrder, worldQueues, worldRoutes } from "./worker-order.ts";

export interface WorldSetup {
  readonly groups?: readonly DetectorGroup[];
  readonly times?: WorkerTimes;
  readonly visibilitySeconds?: number;
  /** Of the ports in this process. */
  readonly embedded?: Partial<EmbeddedOptions>;
}

export interface WorkerProcess {
  readonly owner: string;
  readonly child: ChildProcess;
  /** Resolves with the exit code when it is gone; null where a signal ended it. */
  readonly gone: Promise<number | null>;
}

/** A folder with state, everything that is told on its bus, and the workers on it. */
export interface World extends AsyncDisposable {
  readonly folder: string;
  readonly ports: EmbeddedPorts;
  /** Each event once, in the order in which they came. */
  readonly events: readonly Event[];
  addStream(url: string, part?: Partial<Stream>): Promise<string>;
  addScan(url: string): Promise<string>;
  scan(id: string): Promise<Scan>;
  /** Resolves when it is ready for work. */
  startWorker(group?: DetectorGroup): Promise<WorkerProcess>;
  lease(streamId: string, group?: string): Promise<Lease | null>;
  findings(source: StoredFinding["source"]): Promise<readonly StoredFinding[]>;
}

/** A few cheap detectors: these tests are about what becomes of findings, not about how they are found. */
export const fewDetectors: DetectorGroup = { name: "all", detectors: ["black-picture", "audio-silence"] };

const now = () => new Date();

export async function openWorld(setup: WorldSetup = {}): Promise<World> {
  const { groups = [fewDetectors], times, visibilitySeconds = 60 } = setup;
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-world-"));
  const queues = worldQueues(groups, visibilitySeconds);
  const ports = await openEmbedded({ folder, queues, routes: worldRoutes, ...setup.embedded });
  const events = new Map<string, Event>();
  const leases = openLeases(ports.table, now, times);
  const workers: WorkerProcess[] = [];

  ports.queues.consume(
    "archive",
    async ({ body }) => {
      const event = eventSchema.parse(body);
      events.set(`${event["detail-type"]} ${event.detail.idempotencyKey}`, event);
    },
    { concurrency: 10 },
  );

  return {
    folder,
    ports,
    get events() {
      return [...events.values()];
    },
    async addStream(url, part = {}) {
      const stream: Stream = { ...blankStream(url, groups), ...part };
      await openStreams(ports.table).create(stream);
      return stream.id;
    },
    async addScan(url) {
      const scan = blankScan(url, groups);
      await openScans(ports.table).create(scan);
      return scan.id;
    },
    async scan(id) {
      const stored = await openScans(ports.table).get(id);
      if (!stored) throw new Error(`there is no scan ${id}`);
      return stored.value;
    },
    async startWorker(group = groups[0] ?? fewDetectors) {
      const owner = randomUUID();
      const order: WorkerOrder = { folder, owner, group, visibilitySeconds, ...(times && { times }) };
      const script = join(import.meta.dirname, "worker-process.ts");
      const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ["ignore", "pipe", "inherit"] });
      const gone = once(child, "exit").then(([code]) => code as number | null);
      const worker = { owner, child, gone };
      workers.push(worker);
      await Promise.race([once(child.stdout, "data"), gone.then(() => Promise.reject(new Error("no worker started")))]);
      return worker;
    },
    lease: (streamId, group = "all") => leases.get(streamId, group),
    async findings(source) {
      const { items } = await openFindings(ports.table).of(source, { limit: 1000 });
      return items;
    },
    async [Symbol.asyncDispose]() {
      for (const { child } of workers) child.kill("SIGKILL");
      await Promise.all(workers.map(({ gone }) => gone));
      await ports.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves with what `look` gives as soon as it gives something. @throws Error after so long */
export async function until<Seen>(
  what: string,
  look: () => Promise<Seen | null | undefined | false> | Seen | null | undefined | false,
  limitSeconds = 240,
): Promise<Seen> {
  for (const deadline = performance.now() + limitSeconds * 1000; ; ) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitSeconds} s`);
    await after(20);
  }
}

function blankStream(url: string, groups: readonly DetectorGroup[]): Stream {
  return {
    ...{ id: randomUUID(), url, name: url, kind: null, profile: null, tier: "full", labels: {}, sourceId: null },
    ...{ ladderId: null, outputUrl: null, failover: [], groups: groups.map(({ name }) => name), paused: false },
    ...{ createdAt: now().toISOString(), run: 1 },
  };
}

function blankScan(url: string, groups: readonly DetectorGroup[]): Scan {
  return queuedScan({ id: randomUUID(), url, input: url, groups: groups.map(({ name }) => name), at: now() });
}
