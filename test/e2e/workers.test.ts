import type { DetailType, Event, EventOf } from "@glasswatch/core/events/event";
import type { Finding } from "@glasswatch/core/finding";
import type { DetectorGroup } from "@glasswatch/core/groups";
import { scanResultSchema } from "@glasswatch/core/scan-result";
import { evidenceBlob } from "@glasswatch/core/state/evidence";
import { LeaseLostError, openLeases } from "@glasswatch/core/state/leases";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import { detectors } from "@glasswatch/detectors/registry";
import { workerTimes } from "@glasswatch/worker/times";
import { startWorker } from "@glasswatch/worker/worker";
import { pino } from "pino";
import { expect, test } from "vitest";
import { killWorkers } from "../chaos/kill-workers.ts";
import { fewDetectors, openWorld, until, type World, type WorldSetup } from "../chaos/world.ts";
import { fixture } from "../fixtures/fixture.ts";
import { startHttpServer, type TestHttpServer } from "../support/http-server.ts";
import { type LiveServer, startLiveServer } from "../support/live-server.ts";
import { gate } from "../support/run-cli.ts";

/* Workers in processes of their own, killed and told to go in the middle of their work. */

const twoAtATime = gate(2);

/** As in the product, but that a lease holds for half the time: a machine with other work is late to renew a shorter one. */
const times = { ...workerTimes, leaseSeconds: 15, renewSeconds: 3, lookSeconds: 1, warmUpSeconds: 3 };

function inWorld(act: (world: World) => Promise<void>, setup: WorldSetup = {}): Promise<void> {
  return twoAtATime(async () => {
    await using world = await openWorld({ times, ...setup });
    await act(world);
  });
}

/** The programme that is black from 3 s to 20 s. */
async function live(): Promise<LiveServer & AsyncDisposable> {
  return disposable(await startLiveServer({ stream: await fixture("live-programme") }));
}

function disposable<Server extends { readonly url: string; close(): Promise<void> }>(server: Server) {
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.close() });
}

/** A file with five defects, delivered in about so many seconds. */
async function slowFile(seconds: number): Promise<TestHttpServer & AsyncDisposable> {
  const file = await fixture("five-defects");
  return disposable(
    await startHttpServer({
      "/file.mp4": {
        file,
        fault: { kind: "trickle", chunkBytes: Math.ceil(550_000 / (seconds * 20)), intervalMs: 50 },
      },
    }),
  );
}

function told<Type extends DetailType>({ events }: World, type: Type): readonly EventOf<Type>[] {
  return events.filter((event: Event): event is EventOf<Type> => event["detail-type"] === type);
}

const isBlack = ({ detail }: EventOf<"finding.opened" | "finding.closed">) => detail.data.kind === "black-picture";
const blackOpened = (world: World) => told(world, "finding.opened").filter(isBlack);
const blackClosed = (world: World) => told(world, "finding.closed").filter(isBlack);

/** The black of the live programme was told as one finding, and stands as one. @returns when it ended */
async function expectOneBlack(world: World, streamId: string): Promise<number> {
  await until("the black is over", () => blackClosed(world).length > 0);
  expect(blackOpened(world)).toHaveLength(1);
  expect(blackClosed(world)).toHaveLength(1);
  const stored = await world.findings({ type: "stream", id: streamId });
  const black = stored.map(({ finding }) => finding).filter(({ kind }) => kind === "black-picture");
  expect(black).toHaveLength(1);
  expect(black[0]?.startSeconds).toBeCloseTo(3, 0);
  expect(black[0]?.endSeconds).toBeGreaterThan(18.5);
  return black[0]?.endSeconds ?? 0;
}

/** A clip of the finding is stored, and the finding says so. */
async function expectClip({ ports }: World, { id, evidence = [] }: Finding): Promise<void> {
  expect(evidence.map(({ role }) => role)).toContain("clip");
  const blob = await ports.blobs.get(evidenceBlob(id, "clip"));
  // ISO/IEC 14496-12 §4.3: the type of file that it begins with.
  expect([blob?.contentType, blob && Buffer.from(blob.bytes.subarray(4, 8)).toString()]).toEqual(["video/mp4", "ftyp"]);
}

/** Resolves when the black is told. */
async function watchedByOneOfTwo(world: World, { url }: LiveServer) {
  const workers = await Promise.all([world.startWorker(), world.startWorker()]);
  const streamId = await world.addStream(`${url}/live.ts`);
  await until("the black is told", () => blackOpened(world).length > 0);
  const owner = (await world.lease(streamId))?.owner;
  const [first, second] = workers.toSorted((a, b) => Number(b.owner === owner) - Number(a.owner === owner));
  if (!first || !second) throw new Error("there are two workers");
  return { first, second, streamId };
}

/** A worker within this process. */
function workerHere(world: World, group: DetectorGroup, owner = crypto.randomUUID()) {
  const worker = startWorker({
    ...{ ports: world.ports, group, owner, registry: detectors, allowPrivate: true, capacityUnits: 50, times },
    ...{ log: pino({ enabled: false }), now: () => new Date() },
  });
  return { owner, worker, [Symbol.asyncDispose]: () => worker.stop(0) };
}

test.concurrent("kill -9 at random moments: no defect is lost or told twice", async () => {
  const briefly = { ...times, leaseSeconds: 5, renewSeconds: 1 };
  const plan = { kills: 5, streams: 3, workers: 2, pauseSeconds: 2, deliverySeconds: 6, times: briefly };
  const { takeoverSeconds, injected, right, wrong } = await twoAtATime(() => killWorkers(plan));
  expect(wrong).toEqual([]);
  expect(injected).toBeGreaterThanOrEqual(15);
  expect(right).toBe(injected);
  expect(takeoverSeconds.length).toBeGreaterThanOrEqual(5);
});

test.concurrent("a live defect that outlasts the gap after a kill stays one finding", () =>
  inWorld(async (world) => {
    await using source = await live();
    const beganAt = source.connected(1).then(() => performance.now());
    const { first, streamId } = await watchedByOneOfTwo(world, source);
    first.child.kill("SIGKILL");
    // However slow the machine is, the black is still there when the other one looks.
    source.hold();
    const heldAt = performance.now();
    await source.connected(2);
    source.go();
    const heldSeconds = (performance.now() - heldAt) / 1000;
    expect(heldSeconds).toBeGreaterThan(times.leaseSeconds - times.renewSeconds - 1);
    // After a gap the stream's time goes on by the wall clock.
    expect(await expectOneBlack(world, streamId)).toBeLessThan((performance.now() - (await beganAt)) / 1000);
    expect((await world.lease(streamId))?.epoch).toBe(2);
    expect(told(world, "stream.started")).toHaveLength(1);
  }));

test.concurrent("SIGTERM hands over with an overlap: a defect that spans it stays one finding", () =>
  inWorld(async (world) => {
    await using source = await live();
    const { first, second, streamId } = await watchedByOneOfTwo(world, source);
    const askedAt = performance.now();
    first.child.kill("SIGTERM");
    const taken = await until("the other has taken over", async () => {
      const lease = await world.lease(streamId);
      return lease?.owner === second.owner && lease;
    });
    // It watched beside the first one before it claimed: there was no gap.
    expect(performance.now() - askedAt).toBeGreaterThanOrEqual(times.warmUpSeconds * 1000);
    expect(taken.findings.some(({ kind }) => kind === "black-picture")).toBe(true);
    expect(await first.gone).toBe(0);
    expect(await expectOneBlack(world, streamId)).toBeLessThan(23);
    const [stored] = await world.findings({ type: "stream", id: streamId });
    if (stored) await expectClip(world, stored.finding);
    const troubles = world.events.filter((event) => /stream\.(failed|stalled|ended)/.test(event["detail-type"]));
    expect(troubles).toEqual([]);
  }));

test.concurrent("of two that claim a lease at once one wins; who lost it writes nothing more and stops", () =>
  inWorld(async (world) => {
    await using source = await live();
    await using mine = workerHere(world, fewDetectors);
    const streamId = await world.addStream(`${source.url}/live.ts`);
    await until("it is watched", () => told(world, "stream.started").length > 0);
    // By these clocks the lease has run out.
    const leases = openLeases(world.ports.table, () => new Date(Date.now() + 60_000));
    const claims = await Promise.all(["a", "b"].map((owner) => leases.claim(streamId, "all", { owner, run: 1 })));
    const [winner, ...others] = claims.filter((claim) => claim !== null);
    expect(others).toEqual([]);
    await until("the loser stops", () => mine.worker.jobs.streams === 0);
    const { findings } = winner?.current ?? { findings: [] };
    expect(await world.lease(streamId)).toMatchObject({ owner: winner?.current.owner, epoch: 2, findings });

    const later = await leases.claim(streamId, "all", { owner: "c", run: 1 });
    expect(later, "it is taken").toBeNull();
    const after = openLeases(world.ports.table, () => new Date(Date.now() + 120_000));
    expect(await after.claim(streamId, "all", { owner: "d", run: 1 })).not.toBeNull();
    await expect(winner?.renew((lease) => lease)).rejects.toThrow(LeaseLostError);
  }));

test.concurrent("a pause closes what is open; the end of the pause, and a change, begin a new run", () =>
  inWorld(async (world) => {
    await using source = await live();
    await using mine = workerHere(world, fewDetectors);
    const streamId = await world.addStream(`${source.url}/live.ts`);
    const streams = openStreams(world.ports.table);
    const change = (part: Partial<Stream>) => streams.change(streamId, ({ value }) => ({ ...value, ...part }));
    const runs = () => told(world, "stream.started").length;
    await until("the black is told", () => blackOpened(world).length === 1);

    await change({ paused: true });
    await until("it is not watched any more", () => mine.worker.jobs.streams === 0);
    await until("the black is closed", () => blackClosed(world).length === 1);
    expect(await world.lease(streamId)).toMatchObject({ owner: null, ended: true, findings: [] });

    await change({ paused: false, run: 2 });
    await until("it is watched again", () => runs() === 2);
    // The invitation comes while the same worker is still at the run before.
    await change({ tier: "light", run: 3 });
    await until("it is watched in another way", () => runs() === 3);
    expect(told(world, "stream.started").map(({ detail }) => detail.data.tier)).toEqual(["full", "full", "light"]);
    expect(await world.lease(streamId)).toMatchObject({ run: 3, owner: mine.owner, ended: false });
  }));

test.concurrent.each([
  { name: "removed", unwant: (world: World, id: string) => openStreams(world.ports.table).remove(id, 1) },
  {
    name: "paused",
    unwant: (world: World, id: string) =>
      openStreams(world.ports.table).change(id, ({ value }) => ({ ...value, paused: true })),
  },
])(
  "what a dead worker left open in a stream that was $name is closed, and its lease is no more to be looked at",
  ({ unwant }) =>
    inWorld(async (world) => {
      const streamId = await world.addStream("http://127.0.0.1:9/live.ts");
      const leases = openLeases(world.ports.table, () => new Date(), times);
      const dead = await leases.claim(streamId, "all", { owner: "dead", run: 1 });
      // Killed before the finding's own row was written.
      await dead?.change((lease) => ({
        ...lease,
        startedAt: new Date(Date.now() - 60_000).toISOString(),
        findings: [openBlack],
      }));
      await unwant(world, streamId);
      await leases.freeAllOf("dead");
      await using _mine = workerHere(world, fewDetectors);
      await until("the black is closed", () => blackClosed(world).length === 1);
      expect(blackOpened(world)).toHaveLength(1);
      expect(blackClosed(world)[0]?.detail.data.endSeconds).toBeCloseTo(60, 0);
      await until("the lease is done with", async () => (await leases.free({ limit: 10 })).items.length === 0);
    }),
);

const openBlack: Finding = {
  ...{
    id: "left-open",
    kind: "black-picture",
    subject: { media: "video", track: 0 },
    startSeconds: 3,
    endSeconds: null,
  },
  ...{ severity: "major", confidence: 1, measurements: [], revision: 1 },
};

const pictures: DetectorGroup = { name: "pictures", detectors: ["black-picture"] };
const sounds: DetectorGroup = { name: "sounds", detectors: ["audio-silence"] };

test.concurrent("two detector groups on one file: the result joins what both found", () =>
  inWorld(
    async (world) => {
      await using source = await slowFile(1);
      await using _one = workerHere(world, pictures);
      await using _other = workerHere(world, sounds);
      const scanId = await world.addScan(`${source.url}/file.mp4`);
      await until("the scan is over", () => told(world, "scan.completed").length > 0);
      const result = await resultOf(world, scanId);
      expect(result.detectors.map(({ id }) => id).toSorted()).toEqual(["audio-silence", "black-picture"]);
      expect(result.findings.map(({ kind }) => kind)).toEqual(fiveKinds);
      const stored = await world.findings({ type: "scan", id: scanId });
      expect(stored.map(({ finding: { id } }) => id)).toEqual(result.findings.map(({ id }) => id));
      expect(stored.map(({ group }) => group)).toEqual(
        fiveKinds.map((kind) => (kind === "black-picture" ? "pictures" : "sounds")),
      );
      expect(told(world, "scan.completed")).toHaveLength(1);
      for (const finding of result.findings) await expectClip(world, finding);
      expect(stored.map(({ finding: { evidence } }) => evidence)).toEqual(
        result.findings.map(({ evidence }) => evidence),
      );
    },
    { groups: [pictures, sounds] },
  ));

const fiveKinds = ["black-picture", "audio-silence", "black-picture", "audio-silence", "black-picture"];

async function resultOf({ ports, scan }: World, scanId: string) {
  const blob = await ports.blobs.get((await scan(scanId)).result ?? "");
  return scanResultSchema.parse(JSON.parse(new TextDecoder().decode(blob?.bytes)));
}

/** A scan that somebody else had to finish was told of once, with each of its findings. */
async function expectScannedOnce(world: World, scanId: string): Promise<void> {
  await until("the scan is over", () => told(world, "scan.completed").length > 0);
  expect(told(world, "scan.completed")).toHaveLength(1);
  expect((await world.scan(scanId)).status).toBe("completed");
  expect((await resultOf(world, scanId)).findings.map(({ kind }) => kind)).toEqual(fiveKinds);
  const stored = (await world.findings({ type: "scan", id: scanId })).map(({ finding }) => finding);
  expect(stored.map(({ kind }) => kind)).toEqual(fiveKinds);
  expect(stored.every(({ endSeconds }) => endSeconds !== null)).toBe(true);
  for (const type of ["finding.opened", "finding.closed"] as const) {
    const ids = told(world, type).map(({ detail }) => detail.data.id);
    expect(ids.toSorted()).toEqual(stored.map(({ id }) => id).toSorted());
  }
}

test.concurrent("a worker killed in the middle of a scan: another does it, and it is told once", () =>
  inWorld(
    async (world) => {
      await using source = await slowFile(5);
      const first = await world.startWorker();
      const scanId = await world.addScan(`${source.url}/file.mp4`);
      await until("something is found", () => told(world, "finding.opened").length > 1);
      first.child.kill("SIGKILL");
      await world.startWorker();
      await expectScannedOnce(world, scanId);
    },
    { visibilitySeconds: 3 },
  ));

test.concurrent("SIGTERM in the middle of a scan: another does it, and the try does not count", () =>
  inWorld(async (world) => {
    await using source = await slowFile(5);
    const first = await world.startWorker();
    const scanId = await world.addScan(`${source.url}/file.mp4`);
    await until("something is found", () => told(world, "finding.opened").length > 1);
    first.child.kill("SIGTERM");
    expect(await first.gone).toBe(0);
    const counts: number[] = [];
    const looking = world.ports.queues.consume(
      "detect-all",
      async ({ receiveCount }) => {
        counts.push(receiveCount);
        throw new Error("only looking");
      },
      { concurrency: 1 },
    );
    await until("it is handed out again", () => counts.length > 0, 5);
    await looking.stop();
    expect(counts[0], "the first try of a new message").toBe(1);
    await world.startWorker();
    await expectScannedOnce(world, scanId);
  }));
