import { join } from "node:path";
import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { FileRepair } from "@glasswatch/core/file-repair";
import type { Finding } from "@glasswatch/core/finding";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import { consumerQueues, detectQueue } from "@glasswatch/core/queues";
import { repairPolicySchema } from "@glasswatch/core/repair";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { openFileRepairs, requestFileRepair } from "@glasswatch/core/state/file-repairs";
import { openProfiles } from "@glasswatch/core/state/profiles";
import { openScans, queuedScan, type Scan } from "@glasswatch/core/state/scans";
import { emptyFolder, opened } from "../../../../test/support/opened-embedded.ts";
import { handleFileEvent } from "../files/handle-file-event.ts";
import type { FileRepairSetup } from "../files/setup.ts";
import type { Policy } from "./repair-world.ts";
import { tellingTable } from "./telling-table.ts";

/** Whoever makes one of these writes, of a row or a blob and counted from 1, is killed. */
export interface Kill {
  readonly writes: readonly number[];
  readonly when: "before" | "after";
}

export interface FileRepairFacts {
  /** Of the file that was scanned. */
  readonly url: string;
  readonly input?: string;
  readonly policy?: Policy;
  readonly kill?: Kill;
  readonly setup?: Partial<FileRepairSetup>;
}

/** Of this queue, more than enough. */
const tries = 5;

export const loudness: Finding = {
  ...{ id: "f1", kind: "loudness", subject: { media: "audio", track: 0 }, startSeconds: 0, endSeconds: 1 },
  ...{ severity: "minor", confidence: 1, measurements: [], revision: 1 },
};

/** Of a second of sound, in one channel. */
export function sampleResult(findings: readonly Finding[], result: Partial<ScanResult> = {}): ScanResult {
  const measured = { integratedLufs: null, truePeakDbtp: null };
  const detectors = ["loudness", "true-peak", "audio-click", "audio-dropout", "av-desync"];
  return {
    ...{ input: "a.wav", durationSeconds: 1, complete: true, error: null, video: null },
    audio: [{ track: 0, codec: "pcm_s16le", channels: 1, sampleRate: 48_000, ...measured }],
    detectors: detectors.map((id) => ({ id, status: "ok" })),
    findings: [...findings],
    ...result,
  };
}

/** A scanned file, and what its profile says; every event is handled twice, and again where its handler was killed. */
export async function openFileRepairWorld({ url, input = "https://a.example/a.wav", ...facts }: FileRepairFacts) {
  const now = () => new Date("2030-01-01T00:00:10.000Z");
  const folder = await emptyFolder();
  const ports = await opened({ folder, queues: [...consumerQueues, detectQueue("all")], routes: [], now });
  const handled: Event[] = [];
  let writes = 0;

  async function counted<Result>(write: () => Promise<Result>): Promise<Result> {
    const isKilled = facts.kill?.writes.includes(++writes);
    if (isKilled && facts.kill?.when === "before") throw new Error("killed");
    const done = await write();
    if (isKilled) throw new Error("killed");
    return done;
  }

  const { table, told } = tellingTable(ports.table);
  const blobs: Blobs = {
    ...ports.blobs,
    put: (...blob) => counted(() => ports.blobs.put(...blob)),
    putFile: (...blob) => counted(() => ports.blobs.putFile(...blob)),
    remove: (name) => counted(() => ports.blobs.remove(name)),
  };
  const setup: FileRepairSetup = {
    ports: { table: { ...table, write: (row) => counted(() => table.write(row)) }, blobs },
    ...{ allowPrivate: true, addressOf: async (address) => address, scratchFolder: join(folder, "scratch") },
    ...{ log: { info() {}, warn() {} }, signal: new AbortController().signal, now },
    ...facts.setup,
  };
  const scans = openScans(table);
  const repairs = openFileRepairs(table);
  const profile = { detectors: {}, ignore: [], expect: {}, repair: repairPolicySchema.parse(facts.policy ?? {}) };
  await openProfiles(table).put({ name: "delivery", profile }, 0);
  const original = { ...{ id: "s1", url, input, profile: "delivery", groups: ["all"], at: now() } };
  await scans.create(queuedScan(original));

  async function handleTold(): Promise<void> {
    for (let next = told.shift(); next; next = told.shift()) {
      handled.push(next);
      for (const _ of [1, 2]) await untilDone(next);
    }
  }

  async function untilDone(event: Event): Promise<void> {
    for (let received = 1; ; received++) {
      try {
        return await handleFileEvent(event, setup);
      } catch (error) {
        if (received === tries) throw error;
      }
    }
  }

  /** As its worker does. */
  async function finish({ id, input }: Pick<Scan, "id" | "input">, result: ScanResult): Promise<void> {
    const { error, durationSeconds } = result;
    const name = `scans/${id}/result.json`;
    const bytes = new TextEncoder().encode(JSON.stringify(result));
    await ports.blobs.put(name, bytes, { contentType: "application/json", keepDays: 90 });
    const about = { streamId: id, entityId: id, revision: 1, occurredAt: now(), traceparent: openTrace() };
    const data = { scanId: id, input };
    const counts = { info: 0, minor: result.findings.length, major: 0, critical: 0 };
    const event = error
      ? makeEvent({ ...about, detailType: "scan.failed", data: { ...data, error } })
      : makeEvent({ ...about, detailType: "scan.completed", data: { ...data, durationSeconds, findings: counts } });
    await scans.finish(id, { error, result: name, finishedAt: now().toISOString(), event });
  }

  async function copyScan(): Promise<Scan | undefined> {
    const { items } = await scans.list({ limit: 100 });
    return items.map(({ value }) => value).find(({ repairOf }) => repairOf !== null);
  }

  return {
    ...{ ports, setup, told, handled, handleTold, copyScan },
    writes: () => writes,
    handle: (event: Event) => handleFileEvent(event, setup),
    /** The scan is over; what its events cause is done. */
    async scanned(result: ScanResult): Promise<void> {
      await finish({ id: "s1", input }, { ...result, input });
      await handleTold();
    },
    async copyScanned(result: ScanResult): Promise<void> {
      const scan = await copyScan();
      if (!scan) throw new Error("the copy is not scanned");
      await finish(scan, { ...result, input: scan.input });
      await handleTold();
    },
    async asked(order: Partial<Pick<FileRepair, "wanted" | "dryRun">> = {}): Promise<void> {
      const by = { via: "api", name: "a person" } as const;
      const scan = { id: "s1", streamId: null, input };
      const trace = { at: now(), traceparent: openTrace() };
      await requestFileRepair(repairs, { id: "r1", scan, wanted: null, dryRun: false, by, ...trace, ...order });
      await handleTold();
    },
    async repair(): Promise<FileRepair | undefined> {
      const { items } = await repairs.of("s1", { limit: 100 });
      if (items.length > 1) throw new Error("there is more than one repair");
      return items[0];
    },
  };
}
