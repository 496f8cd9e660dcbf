import { stat } from "node:fs/promises";
import { setTimeout as after } from "node:timers/promises";
import type { Finding } from "@glasswatch/core/finding";
import { emptyProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { scan } from "@glasswatch/pipeline/scan";
import type { WorkerTimes } from "@glasswatch/worker/times";
import { fixture } from "../fixtures/fixture.ts";
import { startHttpServer } from "../support/http-server.ts";
import { fewDetectors, openWorld, until, type WorkerProcess, type World } from "./world.ts";

export interface KillPlan {
  readonly kills: number;
  /** Watched at the same time; where one is over, another begins. */
  readonly streams: number;
  /** Alive at the same time: one that is killed is replaced at once. */
  readonly workers: number;
  /** The longest pause between two kills; each is a random share of it. */
  readonly pauseSeconds: number;
  /** How long the source takes to deliver its file. */
  readonly deliverySeconds: number;
  readonly times: WorkerTimes;
  readonly onKill?: (kill: number) => void;
}

export interface KillFigures {
  /** From each kill to the claim of another worker, for every stream that was watched. */
  readonly takeoverSeconds: readonly number[];
  readonly streams: number;
  /** Defects in the media of all streams. */
  readonly injected: number;
  /** Those that stand in the store once, closed, and were told as opened and as closed once each. */
  readonly right: number;
  /** In words, everything else. */
  readonly wrong: readonly string[];
}

/** Kills workers in the middle of streams that are files served slowly, and counts what became of the defects in them. */
export async function killWorkers(plan: KillPlan): Promise<KillFigures> {
  const file = await fixture("five-defects");
  const expected = await expectedFindings(file);
  const intervalMs = 50;
  const chunkBytes = Math.ceil((await stat(file)).size / ((plan.deliverySeconds * 1000) / intervalMs));
  const server = await startHttpServer({ "/file.mp4": slowly(file, chunkBytes, intervalMs) });
  await using world = await openWorld({ times: plan.times });
  try {
    const run = openRun(world, `${server.url}/file.mp4`, plan);
    await run.start();
    for (let kill = 1; kill <= plan.kills; kill++) {
      plan.onKill?.(kill);
      await after(Math.random() * plan.pauseSeconds * 1000);
      await run.killOne();
    }
    const takeoverSeconds = await run.takeovers();
    await run.allOver();
    return { takeoverSeconds, ...(await judge(world, run.streamIds, expected)) };
  } finally {
    await server.close();
  }
}

function slowly(file: string, chunkBytes: number, intervalMs: number) {
  return { file, fault: { kind: "trickle", chunkBytes, intervalMs } } as const;
}

/** What is in the file, by a scan that nobody disturbs. */
async function expectedFindings(file: string): Promise<readonly Finding[]> {
  const members = detectors.filter(({ id }) => fewDetectors.detectors?.includes(id));
  const plan = planDetectors(members, emptyProfile);
  const request = { input: file, tier: "full", detectors: plan, ignore: [], allowPrivate: false } as const;
  return (await scan(request)).result.findings;
}

function openRun(world: World, url: string, { streams, workers, times }: KillPlan) {
  const streamIds: string[] = [];
  const over = new Set<string>();
  const alive = new Map<string, WorkerProcess>();
  const takeovers: Promise<number | null>[] = [];

  async function startWorker(): Promise<void> {
    const worker = await world.startWorker();
    alive.set(worker.owner, worker);
  }

  async function addStream(): Promise<void> {
    streamIds.push(await world.addStream(`${url}?stream=${streamIds.length}`));
  }

  async function leases() {
    const going = streamIds.filter((id) => !over.has(id));
    const found = (await Promise.all(going.map((id) => world.lease(id)))).filter((lease) => lease !== null);
    for (const { ended, streamId } of found) if (ended) over.add(streamId);
    return found.filter(({ ended }) => !ended);
  }

  /** A worker that watches something, at random. */
  async function victim(): Promise<WorkerProcess | undefined> {
    const owners = new Set((await leases()).map(({ owner }) => owner ?? ""));
    const watching = [...alive.values()].filter(({ owner }) => owners.has(owner));
    return watching[Math.floor(Math.random() * watching.length)];
  }

  async function takeover(streamId: string, epoch: number, killedAt: number): Promise<number | null> {
    const limitSeconds = times.leaseSeconds + 60;
    const lease = await until(
      `another worker watches ${streamId}`,
      async () => {
        const now = await world.lease(streamId);
        return now && (now.epoch > epoch || now.ended) && now;
      },
      limitSeconds,
    );
    return lease.epoch > epoch ? (performance.now() - killedAt) / 1000 : null;
  }

  return {
    streamIds,
    async start(): Promise<void> {
      await Promise.all(Array.from({ length: workers }, startWorker));
      await Promise.all(Array.from({ length: streams }, addStream));
    },
    async killOne(): Promise<void> {
      while (streamIds.length - over.size < streams) await addStream();
      const { owner, child } = await until("a worker watches a stream", victim, times.leaseSeconds + 60);
      alive.delete(owner);
      child.kill("SIGKILL");
      const killedAt = performance.now();
      const orphaned = (await leases()).filter((lease) => lease.owner === owner);
      takeovers.push(...orphaned.map(({ streamId, epoch }) => takeover(streamId, epoch, killedAt)));
      await startWorker();
    },
    async takeovers(): Promise<readonly number[]> {
      return (await Promise.all(takeovers)).filter((seconds) => seconds !== null);
    },
    async allOver(): Promise<void> {
      await until(
        "all streams are over",
        async () => (await leases()).length === 0 && over.size === streamIds.length,
        300,
      );
      const archived = async () => {
        const archive = (await world.ports.queues.state()).find(({ queue }) => queue === "archive");
        return archive?.waiting === 0 && archive.inFlight === 0;
      };
      await until("all events are told", archived);
    },
  };
}

async function judge(world: World, streamIds: readonly string[], expected: readonly Finding[]) {
  const told = new Map<string, number>();
  for (const event of world.events) {
    const type = event["detail-type"];
    if (type !== "finding.opened" && type !== "finding.closed") continue;
    const key = `${type} ${event.detail.data.id}`;
    told.set(key, (told.get(key) ?? 0) + 1);
  }
  const wrong: string[] = [];
  let right = 0;

  for (const streamId of streamIds) {
    const stored = (await world.findings({ type: "stream", id: streamId })).map(({ finding }) => finding);
    for (const defect of expected) {
      const found = stored.filter((finding) => isSame(finding, defect));
      const [one] = found;
      const opened = told.get(`finding.opened ${one?.id}`) ?? 0;
      const closed = told.get(`finding.closed ${one?.id}`) ?? 0;
      if (found.length === 1 && opened === 1 && closed === 1) right++;
      else
        wrong.push(
          `${defect.kind} at ${defect.startSeconds} s: stands ${found.length} times, opened ${opened}, closed ${closed}`,
        );
    }
    const strange = stored.filter((finding) => !expected.some((defect) => isSame(finding, defect)));
    for (const { kind, startSeconds, endSeconds } of strange)
      wrong.push(`${kind} ${startSeconds} to ${endSeconds} s: no such defect`);
  }
  return { streams: streamIds.length, injected: streamIds.length * expected.length, right, wrong };
}

function isSame(a: Finding, b: Finding): boolean {
  const near = (x: number | null, y: number | null) => x !== null && y !== null && Math.abs(x - y) < 0.01;
  return a.kind === b.kind && near(a.startSeconds, b.startSeconds) && near(a.endSeconds, b.endSeconds);
}
