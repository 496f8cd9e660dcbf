import { type HeldLease, type Lease, LeaseLostError } from "@glasswatch/core/state/leases";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import type { StreamWatch } from "@glasswatch/pipeline/live/stream-watch";
import type { WorkerSetup } from "./setup.ts";
import type { WorkerTimes } from "./times.ts";
import { untilStored } from "./until-stored.ts";
import type { WatchRecord } from "./watch-record.ts";

/** The watch of one stream by one worker, under its lease. */
export interface WatchJob {
  /** Whether the source goes on in real time; null before it was opened. */
  readonly live: boolean | null;
  /** Resolves when this worker has nothing more to do with the stream. */
  readonly ended: Promise<void>;
  /** Lets others know that this worker goes soon. It watches on until somebody has taken over. */
  offer(): Promise<void>;
  /** Leaves the stream to whoever claims it; what is open stays open. */
  release(): Promise<void>;
}

export interface LeaseKeeping {
  readonly stream: Stream;
  readonly held: HeldLease;
  readonly record: WatchRecord;
  readonly watch: StreamWatch;
  /** Ends the watch. */
  readonly stop: AbortController;
  /** Ends the writing, too: what is not written by then is another's to tell. */
  readonly lost: AbortController;
  readonly setup: Pick<WorkerSetup, "ports" | "log" | "now"> & { readonly times: WorkerTimes };
}

/** While a stream is handed over, it is looked so often whether another has taken it. */
const handOverLookSeconds = 1;

/**
 * Keeps the lease while the watch goes on, and ends it with the watch. Where the table refuses, the watch goes on past the
 * lease's expiry: it writes nothing meanwhile, and when it can again, the epoch says whether another was there.
 */
export function keepLease({ stream, held, record, watch, stop, lost, setup }: LeaseKeeping): WatchJob {
  const { ports, log, times } = setup;
  const { id: streamId } = stream;
  const streams = openStreams(ports.table);
  let renewing = setInterval(record.renew, times.renewSeconds * 1000);
  const looking = setInterval(() => void look().catch(() => {}), times.lookSeconds * 1000);
  let unwanted = false;
  let released = false;

  async function look(): Promise<void> {
    const wanted = (await streams.get(streamId))?.value;
    if (unwanted || (wanted && !wanted.paused && wanted.run === stream.run)) return;
    log.info({ streamId }, "not to be watched any more");
    unwanted = true;
    stop.abort();
  }

  async function follow(): Promise<void> {
    const { error, errored, fault } = await watch.outcome;
    if (released || lost.signal.aborted) return;
    if (unwanted) record.closeAll(watch.positionSeconds);
    else log.info({ streamId, error, errored, fault }, "the stream is over");
    await conclude(over);
  }

  async function conclude(decide: (lease: Lease) => Lease): Promise<void> {
    await record.done();
    await untilStored(() => held.change(decide), lost.signal);
  }

  function free(lease: Lease): Lease {
    return { ...lease, owner: null, handingOver: false, expiresAt: setup.now().toISOString() };
  }

  return {
    get live() {
      return watch.live;
    },
    ended: follow()
      .catch((error) => {
        if (!(error instanceof LeaseLostError)) log.error({ err: error, streamId }, "the watch ended badly");
      })
      .finally(() => {
        clearInterval(renewing);
        clearInterval(looking);
      }),
    async offer() {
      await unlessLost(held.change((lease) => ({ ...lease, handingOver: true })));
      clearInterval(renewing);
      if (!lost.signal.aborted) renewing = setInterval(record.renew, handOverLookSeconds * 1000);
    },
    async release() {
      released = true;
      stop.abort();
      await watch.outcome;
      const writeOff = setTimeout(() => lost.abort(), times.writeOffSeconds * 1000);
      await unlessLost(conclude(free)).catch((error) => log.error({ err: error, streamId }, "left with writes undone"));
      clearTimeout(writeOff);
    },
  };
}

/** There is nothing more to watch in this run. */
export function over(lease: Lease): Lease {
  return { ...lease, owner: null, ended: true, findings: [] };
}

/** Whose lease is another's has nothing more to write. */
async function unlessLost(writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
  }
}
