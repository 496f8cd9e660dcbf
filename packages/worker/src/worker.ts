import type { JsonValue } from "@glasswatch/core/json";
import type { ReceivedMessage } from "@glasswatch/core/ports/queues";
import { detectQueue } from "@glasswatch/core/queues";
import { openLeases } from "@glasswatch/core/state/leases";
import { scanInvitation } from "@glasswatch/core/state/scans";
import { openStreams, type Stream, watchInvitation } from "@glasswatch/core/state/streams";
import { openStreamPool } from "@glasswatch/pipeline/live/watch-streams";
import { z } from "zod";
import { openBudget } from "./budget.ts";
import { runScanJob, ScanInterruptedError } from "./scan-job.ts";
import type { WorkerSetup } from "./setup.ts";
import { unitsPerCore, unseenUnits } from "./units.ts";
import { rehearse, startWatchJob, type WatchJob } from "./watch-job.ts";

/** A process that takes on scans and streams for one group of detectors, for as long as it has room. */
export interface Worker {
  readonly capacityUnits: number;
  readonly claimedUnits: number;
  /** Streams and scans at work now. */
  readonly jobs: { readonly streams: number; readonly scans: number };
  /**
   * Takes on nothing more, and gives away what it has.
   *
   * @param handOverSeconds how long streams are watched on until another worker has taken them over; 0 where there is none
   */
  stop(handOverSeconds: number): Promise<void>;
}

const invitationSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("scan"), scanId: z.string() }),
  z.object({ type: z.literal("watch"), streamId: z.string() }),
]);

/** How often it is looked for leases that nobody holds. */
const reconcileSeconds = 5;

/** A watch that takes over has analysed so much, so that its detectors know what is going on. */
const warmUpSeconds = 10;

export function startWorker(setup: WorkerSetup): Worker {
  const { ports, group, owner, log, now, capacityUnits } = setup;
  const streams = openStreams(ports.table);
  const leases = openLeases(ports.table, now);
  const budget = openBudget(capacityUnits);
  const pool = openStreamPool();
  const watches = new Map<string, WatchJob | null>();
  const scans = new Map<string, Promise<void>>();
  const interrupt = new AbortController();
  let stopping = false;

  async function scanFile(scanId: string, { receiveCount }: ReceivedMessage): Promise<void> {
    const id = `scan ${scanId}`;
    budget.claim(id, unitsPerCore);
    const job = runScanJob({ scanId, receiveCount }, setup, interrupt.signal);
    scans.set(id, job);
    try {
      await job;
    } catch (error) {
      if (!(error instanceof ScanInterruptedError)) throw error;
      // A message of its own, so that being stopped does not count as a failed try.
      await ports.queues.send([scanInvitation(scanId, group.name)]);
    } finally {
      scans.delete(id);
      budget.release(id);
    }
  }

  /** Claims the stream if it is free, or takes it over from a worker that is going. */
  async function claimStream(streamId: string): Promise<void> {
    if (watches.has(streamId) || stopping) return;
    watches.set(streamId, null);
    budget.claim(streamId, unseenUnits);
    try {
      const job = await jobOf(streamId);
      if (!job) return forget(streamId);
      watches.set(streamId, job);
      log.info({ streamId }, "watching");
      void job.ended.then(() => forget(streamId));
    } catch (error) {
      forget(streamId);
      throw error;
    }
  }

  function forget(streamId: string): void {
    watches.delete(streamId);
    budget.release(streamId);
  }

  async function jobOf(streamId: string): Promise<WatchJob | null> {
    const stream = (await streams.get(streamId))?.value;
    if (!stream || stream.paused) return null;
    const known = await leases.get(streamId, group.name);
    const isGoing = known?.handingOver && known.owner !== null && Date.parse(known.expiresAt) > now().getTime();
    if (isGoing && known.owner !== owner) return takeOver(stream);
    const lease = await leases.claim(streamId, group.name, { owner, run: stream.run });
    return lease && startWatchJob(stream, lease, { ...setup, pool, budget });
  }

  async function takeOver(stream: Stream): Promise<WatchJob | null> {
    const { id, run } = stream;
    const known = await leases.get(id, group.name);
    if (!known) return null;
    const rehearsal = await rehearse(stream, known, { ...setup, pool, budget });
    const giveUpAt = now().getTime() + 2 * warmUpSeconds * 1000;
    while (rehearsal.mediaSeconds < warmUpSeconds && now().getTime() < giveUpAt && !stopping) await pause(0.2);
    const lease = stopping ? null : await leases.claim(id, group.name, { owner, run });
    if (lease) return rehearsal.take(lease);
    rehearsal.cancel();
    return null;
  }

  async function handle(message: ReceivedMessage): Promise<void> {
    const invitation = invitationSchema.parse(message.body satisfies JsonValue);
    if (invitation.type === "scan") await scanFile(invitation.scanId, message);
    else await claimStream(invitation.streamId);
  }

  async function reconcile(): Promise<void> {
    const { items } = await leases.free({ limit: 100 });
    for (const { streamId, group: of } of items) {
      if (of === group.name && budget.hasRoom()) await claimStream(streamId);
    }
  }

  const consumer = ports.queues.consume(detectQueue(group.name).name, handle, {
    concurrency: Math.ceil(capacityUnits),
    ready: () => budget.room(),
    onError: (error, { id }) => log.error({ err: error, messageId: id }, "an invitation was not followed"),
  });
  const reconciling = setInterval(() => {
    reconcile().catch((error) => log.warn({ err: error }, "leases cannot be looked through"));
  }, reconcileSeconds * 1000);

  return {
    capacityUnits,
    get claimedUnits() {
      return budget.claimedUnits;
    },
    get jobs() {
      return { streams: watches.size, scans: scans.size };
    },
    async stop(handOverSeconds) {
      stopping = true;
      clearInterval(reconciling);
      interrupt.abort();
      const consuming = consumer.stop();
      const held = [...watches].filter((entry): entry is [string, WatchJob] => entry[1] !== null);
      await Promise.all(held.map(([streamId, job]) => giveAway(streamId, job, handOverSeconds)));
      await consuming;
    },
  };

  async function giveAway(streamId: string, job: WatchJob, handOverSeconds: number): Promise<void> {
    if (handOverSeconds > 0) {
      await job.offer();
      await ports.queues.send([watchInvitation(streamId, group.name)]);
      await Promise.race([job.ended, pause(handOverSeconds)]);
    }
    await job.release();
  }
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
