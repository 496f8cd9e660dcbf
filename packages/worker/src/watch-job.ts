import type { Event } from "@glasswatch/core/events/event";
import type { HeldLease, Lease } from "@glasswatch/core/state/leases";
import { LeaseLostError, renewSeconds } from "@glasswatch/core/state/leases";
import { openStreamStates, type StreamState } from "@glasswatch/core/state/stream-states";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import type { StreamPast, StreamWatch } from "@glasswatch/pipeline/live/stream-watch";
import type { StreamPool } from "@glasswatch/pipeline/live/watch-streams";
import type { Budget } from "./budget.ts";
import { judgementOf, shareOf } from "./judgement.ts";
import type { WorkerSetup } from "./setup.ts";
import { unitsOf } from "./units.ts";
import { openWatchRecord, type WatchRecord } from "./watch-record.ts";

/** How often it is looked whether people still want the stream watched. */
const lookSeconds = 5;

/** The watch of one stream by one worker, under its lease. */
export interface WatchJob {
  /** Resolves when this worker has nothing more to do with the stream. */
  readonly ended: Promise<void>;
  /** Lets others know that this worker goes soon. It watches on until somebody has taken over. */
  offer(): Promise<void>;
  /** Leaves the stream to whoever claims it; what is open stays open. */
  release(): Promise<void>;
}

export interface WatchJobSetup extends WorkerSetup {
  readonly pool: StreamPool;
  readonly budget: Budget;
}

/** Begins to watch at once. */
export async function startWatchJob(stream: Stream, lease: HeldLease, setup: WatchJobSetup): Promise<WatchJob> {
  const rehearsal = await openWatch(stream, lease.current, { ...setup, rehearsing: false });
  return rehearsal.take(lease);
}

/** A watch that is warm, and writes nothing before it has the lease. */
export interface Rehearsal {
  readonly mediaSeconds: number;
  take(lease: HeldLease): Promise<WatchJob>;
  cancel(): void;
}

interface OpenSetup extends WatchJobSetup {
  readonly rehearsing: boolean;
}

/** Watches beside the owner of a lease, to take over from it without a gap. */
export function rehearse(stream: Stream, lease: Lease, setup: WatchJobSetup): Promise<Rehearsal> {
  return openWatch(stream, lease, { ...setup, rehearsing: true });
}

async function openWatch(stream: Stream, lease: Lease, setup: OpenSetup): Promise<Rehearsal> {
  const { ports, group, pool, budget, registry, allowPrivate, rehearsing } = setup;
  const { id: streamId, url: input, name, tier, run } = stream;
  const states = openStreamStates(ports.table);
  const stop = new AbortController();
  const lost = new AbortController();
  let record: WatchRecord | undefined;
  let mediaSeconds = 0;
  let positionSeconds = 0;

  const past = async (of: Lease) => pastOf(of, await states.get(streamId, group.name));
  const judgement = await judgementOf(stream.profile, { table: ports.table, group, registry });
  const known = await past(lease);
  const watch: StreamWatch = pool.watch(
    {
      ...{ ...judgement, streamId, input, name, tier, allowPrivate, rehearsing },
      entityId: group.name === "all" ? streamId : `${streamId}/${group.name}`,
      runKey: `run ${run}`,
      past: known,
    },
    {
      signal: stop.signal,
      onEvent(event: Event) {
        if (event["detail-type"] === "stream.started") {
          budget.claim(streamId, unitsOf(event.detail.data.media, tier, shareOf(group, registry)));
        }
        record?.tell(event);
      },
      onReport(report) {
        mediaSeconds += report.mediaSeconds;
        positionSeconds = report.positionSeconds;
      },
    },
  );

  return {
    get mediaSeconds() {
      return mediaSeconds;
    },
    cancel: () => stop.abort(),
    async take(held) {
      record = openWatchRecord({ ...setup, lease: held, signal: lost.signal, onBroken: broken });
      record.adopt();
      if (rehearsing) watch.takeOver(await past(held.current));
      return superviseWatch({ stream, held, record, watch, stop, setup, position: () => positionSeconds });
    },
  };

  function broken(error: unknown): void {
    if (lost.signal.aborted) return;
    if (!(error instanceof LeaseLostError)) setup.log.error({ err: error, streamId }, "the watch cannot be recorded");
    lost.abort();
    stop.abort();
  }
}

interface Supervised {
  readonly stream: Stream;
  readonly held: HeldLease;
  readonly record: WatchRecord;
  readonly watch: StreamWatch;
  readonly stop: AbortController;
  readonly setup: WatchJobSetup;
  position(): number;
}

/** Keeps the lease while the watch goes on, and ends it with the watch. */
function superviseWatch({ stream, held, record, watch, stop, setup, position }: Supervised): WatchJob {
  const { ports, log, now } = setup;
  const streams = openStreams(ports.table);
  const renewing = setInterval(() => keep(), renewSeconds * 1000);
  const looking = setInterval(() => void look().catch(() => {}), lookSeconds * 1000);

  /** Whoever cannot renew in time must not write, and has nothing to watch for. */
  function keep(): void {
    if (Date.parse(held.current.expiresAt) <= now().getTime()) stop.abort();
    else record.renew();
  }

  async function look(): Promise<void> {
    const wanted = (await streams.get(stream.id))?.value;
    if (wanted && !wanted.paused && wanted.run === stream.run) return;
    log.info({ streamId: stream.id }, "not to be watched any more");
    stop.abort();
    await watch.outcome;
    record.closeAll(position());
    await end();
  }

  /** There is nothing more to watch in this run. */
  async function end(): Promise<void> {
    await record.done();
    await held.change((lease) => ({ ...lease, owner: null, ended: true, findings: [] }));
  }

  async function outcome(): Promise<void> {
    const { error, errored, fault } = await watch.outcome;
    clearInterval(renewing);
    clearInterval(looking);
    if (stop.signal.aborted) return;
    log.info({ streamId: stream.id, error, errored, fault }, "the stream is over");
    await end();
  }

  return {
    ended: outcome().catch((error) => {
      if (!(error instanceof LeaseLostError)) log.error({ err: error, streamId: stream.id }, "the watch ended badly");
    }),
    offer: () => unlessLost(held.change((lease) => ({ ...lease, handingOver: true }))),
    async release() {
      stop.abort();
      await watch.outcome;
      await unlessLost(record.done());
      const expiresAt = now().toISOString();
      await unlessLost(held.change((lease) => ({ ...lease, owner: null, handingOver: false, expiresAt })));
    },
  };
}

/** Whose lease is another's has nothing more to write. */
async function unlessLost(writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
  }
}

function pastOf({ startedAt, findings }: Lease, state: StreamState | null): StreamPast {
  return {
    startedAt: startedAt === null ? null : new Date(startedAt),
    revision: state?.revision ?? 0,
    trouble: state && troubleOf(state),
    findings: findings.filter(({ endSeconds }) => endSeconds === null),
  };
}

function troubleOf({ status, since }: StreamState): StreamPast["trouble"] {
  return status === "failed" || status === "stalled" ? { state: status, since: new Date(since) } : null;
}
