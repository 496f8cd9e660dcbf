import { availableParallelism } from "node:os";
import type { Event } from "@glasswatch/core/events/event";
import { type Order, openGovernor } from "./governor.ts";
import { type StreamWatch, type WatchedStream, type WatchOutcome, watchStream } from "./stream-watch.ts";

export interface WatchEffects {
  /** Aborting ends the watch. */
  readonly signal: AbortSignal;
  onEvent(event: Event): void;
}

/**
 * Watches streams, each in a process of its own, until all are over or the watch is stopped. Where the machine cannot keep
 * up with all of them, the governor says which are watched less closely.
 */
export async function watchStreams(
  streams: readonly WatchedStream[],
  { signal, onEvent }: WatchEffects,
): Promise<readonly WatchOutcome[]> {
  const governor = openGovernor({ cores: availableParallelism() });
  const watches = new Map<string, StreamWatch>();

  function obey(order: Order | null): void {
    if (order) watches.get(order.streamId)?.[order.action]();
  }

  for (const stream of streams) {
    const { streamId } = stream;
    const watch = watchStream(stream, {
      signal,
      onEvent,
      onReport: (report) => obey(governor.report(streamId, report, performance.now() / 1000)),
      onGone: () => governor.pause(streamId),
    });
    watches.set(streamId, watch);
  }
  return Promise.all([...watches.values()].map(({ outcome }) => outcome));
}
