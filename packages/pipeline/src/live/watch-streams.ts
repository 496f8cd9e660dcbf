import type { Event } from "@glasswatch/core/events/event";
import { type WatchedStream, type WatchOutcome, watchStream } from "./stream-watch.ts";

export interface WatchEffects {
  /** Aborting ends the watch. */
  readonly signal: AbortSignal;
  onEvent(event: Event): void;
}

/** Watches streams, each in a process of its own, until all are over or the watch is stopped. */
export function watchStreams(
  streams: readonly WatchedStream[],
  { signal, onEvent }: WatchEffects,
): Promise<readonly WatchOutcome[]> {
  const watches = streams.map((stream) => watchStream(stream, { signal, onEvent, onReport() {}, onGone() {} }));
  return Promise.all(watches.map(({ outcome }) => outcome));
}
