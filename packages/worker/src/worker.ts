import { setTimeout as after } from "node:timers/promises";
import type { JsonValue } from "@glasswatch/core/json";
import { pagesOf } from "@glasswatch/core/ports/pages";
import type { ReceivedMessage } from "@glasswatch/core/ports/queues";
import { detectQueue } from "@glasswatch/core/queues";
import { openLeases } from "@glasswatch/core/state/leases";
import { scanInvitation } from "@glasswatch/core/state/scans";
import { openStreams, type Stream, watchInvitation } from "@glasswatch/core/state/streams";
import { openStreamPool } from "@glasswatch/pipeline/live/watch-streams";
import { z } from "zod";
import { openBudget } from "./budget.ts";
import { concludeUnwanted } from "./conclude-unwanted.ts";
import type { WatchJob } from "./keep-lease.ts";
import { runScanJob, ScanInterruptedError } from "./scan-job.ts";
import type { WorkerSetup } from "./setup.ts";
import { workerTimes } from "./times.ts";
import { unitsPerCore, unseenUnits } from "./units.ts";
import { type Rehearsal, rehearse, startWatchJob } from "./watch-job.ts";

/** After a lease has run out, for clocks that tick apart; a claim that comes too early comes to nothing. */
const expiryGraceMs = 20;

/** How often it is looked whether a watch is warm. */
const lookAgainMs = 100;

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

export function startWorker(setup: WorkerSetup): Worker {
  const { ports, group, owner, log, now, capacityUnits, times = workerTimes } = setup;
  const streams = openStreams(ports.table);
  const leases = openLeases(ports.table, now, times);
  const budget = openBudget(capacityUnits);
  const watchSetup = { ...setup, times, pool: openStreamPool(), budget };
  const watches = new Map<string, WatchJob | null>();
  const scans = new Map<string, Promise<void>>();
  const interrupt = new AbortController();
  const { signal: stopping } = interrupt;

  async function scanFile(scanId: string, { receiveCount }: ReceivedMessage): Promise<void> {
    const id = `scan ${scanId}`;
    budget.claim(id, unitsPerCore);
    const job = runScanJob({ scanId, receiveCount }, setup, stopping);
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
    if (watches.has(streamId) || stopping.aborted) return;
    watches.set(streamId, null);
    budget.claim(streamId, unseenUnits);
    try {
      const job = await jobOf(streamId);
      if (!job) return forget(streamId);
      watches.set(streamId, job);
      log.info({ streamId }, "watching");
      void job.ended.then(() => followUp(streamId));
      if (stopping.aborted) await job.release();
    } catch (error) {
      forget(streamId);
      throw error;
    }
  }

  /** The invitation to watch a stream anew may have come while it was still being watched as before. */
  async function followUp(streamId: string): Promise<void> {
    forget(streamId);
    await tryToClaim(streamId);
  }

  async function tryToClaim(streamId: string): Promise<void> {
    await claimStream(streamId).catch((error) => log.warn({ err: error, streamId }, "the stream cannot be claimed"));
  }

  function forget(streamId: string): void {
    watches.delete(streamId);
    budget.release(streamId);
  }

  async function jobOf(streamId: string): Promise<WatchJob | null> {
    const stream = (await streams.get(streamId))?.value;
    if (!stream || stream.paused) {
      await concludeUnwanted(streamId, setup, leases);
      if (!stream) await leases.discard(streamId, group.name);
      return null;
    }
    const known = await leases.get(streamId, group.name);
    const isGoing = known?.handingOver && known.owner !== null && Date.parse(known.expiresAt) > now().getTime();
    if (isGoing && known.owner !== owner) return takeOver(stream);
    const lease = await leases.claim(streamId, group.name, { owner, run: stream.run });
    return lease && startWatchJob(stream, lease, watchSetup);
  }

  async function takeOver(stream: Stream): Promise<WatchJob | null> {
    const { id, run } = stream;
    const known = await leases.get(id, group.name);
    if (!known) return null;
    const rehearsal = await rehearse(stream, known, watchSetup);
    try {
      await warmedUp(rehearsal);
      const isToGo = stopping.aborted || rehearsal.isOver;
      const lease = isToGo ? null : await leases.claim(id, group.name, { owner, run });
      if (lease) return await rehearsal.take(lease);
    } catch (error) {
      rehearsal.cancel();
      throw error;
    }
    rehearsal.cancel();
    return null;
  }

  /** Whoever hands over does not wait for ever: neither does this. */
  async function warmedUp(rehearsal: Rehearsal): Promise<void> {
    const giveUpAt = performance.now() + 2 * times.warmUpSeconds * 1000;
    const isWarm = () => rehearsal.mediaSeconds >= times.warmUpSeconds || rehearsal.isOver;
    while (!isWarm() && performance.now() < giveUpAt && !stopping.aborted) await after(lookAgainMs);
  }

  async function handle(message: ReceivedMessage): Promise<void> {
    const invitation = invitationSchema.parse(message.body satisfies JsonValue);
    if (invitation.type === "scan") await scanFile(invitation.scanId, message);
    else await claimStream(invitation.streamId);
    // Taken at the last moment, by one who goes.
    if (stopping.aborted && invitation.type === "watch") await invite(invitation.streamId);
  }

  async function invite(streamId: string): Promise<void> {
    await ports.queues.send([watchInvitation(streamId, group.name)]);
  }

  /** Claims what is free, for as long as there is room. */
  async function reconcile(): Promise<void> {
    for await (const free of pagesOf(leases.free)) {
      const claims: Promise<void>[] = [];
      for (const { streamId, group: of } of free) {
        if (of === group.name && budget.hasRoom()) claims.push(tryToClaim(streamId));
      }
      await Promise.all(claims);
      if (!budget.hasRoom()) return;
    }
  }

  /** Looks again when the next lease runs out: its owner may have been killed, and its stream waits since then. */
  async function reconcileUntilStopped(): Promise<void> {
    while (!stopping.aborted) {
      let waitMs = times.reconcileSeconds * 1000;
      try {
        await reconcile();
        const next = await leases.nextExpiry();
        if (next) waitMs = Math.min(waitMs, Math.max(0, next.getTime() - now().getTime()) + expiryGraceMs);
      } catch (error) {
        log.warn({ err: error }, "leases cannot be looked through");
      }
      await after(waitMs, undefined, { signal: stopping }).catch(() => {});
    }
  }

  const consumer = ports.queues.consume(detectQueue(group.name).name, handle, {
    concurrency: Math.ceil(capacityUnits),
    ready: () => budget.room(),
    onError: (error, { id }) => log.error({ err: error, messageId: id }, "an invitation was not followed"),
  });
  const reconciling = reconcileUntilStopped();

  return {
    capacityUnits,
    get claimedUnits() {
      return budget.claimedUnits;
    },
    get jobs() {
      return { streams: watches.size, scans: scans.size };
    },
    async stop(handOverSeconds) {
      interrupt.abort();
      const consuming = consumer.stop();
      const held = [...watches].filter((entry): entry is [string, WatchJob] => entry[1] !== null);
      await Promise.all(held.map(([streamId, job]) => giveAway(streamId, job, handOverSeconds)));
      await Promise.all([consuming, reconciling]);
    },
  };

  /** A file is analysed from its start by whoever comes next: watching on meanwhile would gain nothing. */
  async function giveAway(streamId: string, job: WatchJob, handOverSeconds: number): Promise<void> {
    const overlaps = handOverSeconds > 0 && job.live === true;
    if (overlaps) {
      try {
        await job.offer();
        await invite(streamId);
        await Promise.race([job.ended, after(handOverSeconds * 1000, undefined, { ref: false })]);
      } catch (error) {
        log.warn({ err: error, streamId }, "the stream cannot be handed over");
      }
    }
    await job.release();
    if (!overlaps && handOverSeconds > 0) await invite(streamId).catch(() => {});
  }
}
