import { GlasswatchError } from "@glasswatch/core/errors";
import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { type HeldLease, type Lease, LeaseLostError } from "@glasswatch/core/state/leases";
import { openStreamStates, type StreamState } from "@glasswatch/core/state/stream-states";
import type { Stream } from "@glasswatch/core/state/streams";
import type { StreamPast } from "@glasswatch/pipeline/live/stream-past";
import type { StreamPool } from "@glasswatch/pipeline/live/watch-streams";
import type { Budget } from "./budget.ts";
import { judgementOf, shareOf } from "./judgement.ts";
import { keepLease, over, type WatchJob } from "./keep-lease.ts";
import type { WorkerSetup } from "./setup.ts";
import type { WorkerTimes } from "./times.ts";
import { unitsOf } from "./units.ts";
import { untilStored } from "./until-stored.ts";
import { openWatchRecord, type WatchRecord } from "./watch-record.ts";

export interface WatchJobSetup extends WorkerSetup {
  readonly pool: StreamPool;
  readonly budget: Budget;
  readonly times: WorkerTimes;
}

/** Begins to watch at once. @returns null where there is nothing to watch after all */
export async function startWatchJob(stream: Stream, held: HeldLease, setup: WatchJobSetup): Promise<WatchJob | null> {
  const { streamId, group, epoch } = held.current;
  const state = await openStreamStates(setup.ports.table).take(streamId, group, epoch);
  try {
    if (!isToldOver(held.current, state)) return await (await openWatch(stream, held.current, state, setup)).take(held);
  } catch (error) {
    if (!(error instanceof GlasswatchError)) throw error;
    const leavesItToOthers = error.code === "no-detectors" && stream.groups.length > 1;
    if (!leavesItToOthers) await tellRefused(stream, held.current, error, setup);
  }
  await held.change(over);
  return null;
}

/** A watch that is warm, and writes nothing before it has the lease. */
export interface Rehearsal {
  readonly mediaSeconds: number;
  /** The source ended before there was a lease: there is nothing to take over. */
  readonly isOver: boolean;
  take(lease: HeldLease): Promise<WatchJob>;
  cancel(): void;
}

/** Watches beside the owner of a lease, to take over from it without a gap. */
export async function rehearse(stream: Stream, lease: Lease, setup: WatchJobSetup): Promise<Rehearsal> {
  const state = await openStreamStates(setup.ports.table).get(stream.id, setup.group.name);
  return openWatch(stream, lease, state, { ...setup, rehearsing: true });
}

async function openWatch(
  stream: Stream,
  lease: Lease,
  state: StreamState | null,
  setup: WatchJobSetup & { readonly rehearsing?: boolean },
): Promise<Rehearsal> {
  const { ports, group, pool, budget, registry, allowPrivate, rehearsing = false } = setup;
  const { id: streamId, url: input, name, tier, run } = stream;
  const states = openStreamStates(ports.table);
  const stop = new AbortController();
  const lost = new AbortController();
  let record: WatchRecord | undefined;
  let mediaSeconds = 0;
  let isOver = false;

  const judgement = await judgementOf(stream.profile, { table: ports.table, group, registry });
  if (state?.media) claimUnits(state.media);
  const watch = pool.watch(
    {
      ...{ ...judgement, streamId, input, name, tier, allowPrivate, rehearsing, illustrate: true },
      entityId: entityOf(streamId, group.name),
      runKey: `run ${run}`,
      past: pastOf(lease, state),
    },
    {
      signal: stop.signal,
      onEvent(event: Event, pictures) {
        if (event["detail-type"] === "stream.started") claimUnits(event.detail.data.media);
        record?.tell(event, pictures);
      },
      onClip: (findingId, clip) => record?.attach(findingId, clip),
      onReport(report) {
        mediaSeconds += report.mediaSeconds;
      },
    },
  );
  const end = () => {
    isOver = true;
  };
  watch.outcome.then(end, end);

  function claimUnits(media: NonNullable<StreamState["media"]>): void {
    budget.claim(streamId, unitsOf(media, tier, shareOf(group, registry)));
  }

  function broken(error: unknown): void {
    if (lost.signal.aborted) return;
    if (!(error instanceof LeaseLostError)) setup.log.error({ err: error, streamId }, "the watch cannot be recorded");
    lost.abort();
    stop.abort();
  }

  return {
    get mediaSeconds() {
      return mediaSeconds;
    },
    get isOver() {
      return isOver;
    },
    cancel: () => stop.abort(),
    async take(held) {
      record = openWatchRecord({ ...setup, lease: held, signal: lost.signal, onBroken: broken });
      record.adopt();
      if (rehearsing) {
        const { epoch } = held.current;
        const latest = await untilStored(() => states.take(streamId, group.name, epoch), stop.signal);
        watch.takeOver(pastOf(held.current, latest));
      }
      return keepLease({ stream, held, record, watch, stop, lost, setup });
    },
  };
}

/** What events of a stream's state are steps of. */
function entityOf(streamId: string, group: string): string {
  return group === "all" ? streamId : `${streamId}/${group}`;
}

/** The owner before told the end of this run, and was gone before it could note that in the lease. */
function isToldOver({ startedAt }: Lease, state: StreamState | null): boolean {
  return state?.status === "ended" && startedAt !== null && state.since >= startedAt;
}

/** A profile that leaves nothing to look for. */
async function tellRefused(
  { name: input }: Stream,
  { streamId, group, epoch }: Lease,
  { code, message }: GlasswatchError,
  { ports, now }: WatchJobSetup,
): Promise<void> {
  const states = openStreamStates(ports.table);
  const revision = ((await states.get(streamId, group))?.revision ?? 0) + 1;
  const facts = {
    streamId,
    entityId: entityOf(streamId, group),
    revision,
    occurredAt: now(),
    traceparent: openTrace(),
  };
  const data = { input, error: { code, message }, retryInSeconds: null };
  await states.tell(group, epoch, makeEvent({ ...facts, detailType: "stream.failed", data }));
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
