import { availableParallelism } from "node:os";
import type { Event } from "@glasswatch/core/events/event";
import { type Order, openGovernor } from "./governor.ts";
import type { LiveReport } from "./live-types.ts";
import {
  type StreamWatch,
  type StreamWatchEffects,
  type WatchedStream,
  type WatchOutcome,
  watchStream,
} from "./stream-watch.ts";

export interface WatchEffects {
  /** Aborting ends the watch. */
  readonly signal: AbortSignal;
  onEvent(event: Event): void;
}

/** Streams that are watched on this machine at the same time. */
export interface StreamPool {
  watch(stream: WatchedStream, effects: PooledEffects): StreamWatch;
}

export interface PooledEffects extends Pick<StreamWatchEffects, "signal" | "onEvent" | "onClip"> {
  onReport?(report: LiveReport): void;
}

/**
 * Each stream is watched in a process of its own. Where the machine cannot keep up with all of them, the governor says which
 * are watched less closely.
 */
export function openStreamPool(): StreamPool {
  const governor = openGovernor({ cores: availableParallelism() });
  const watches = new Map<string, StreamWatch>();

  function obey(order: Order | null): void {
    if (order) watches.get(order.streamId)?.[order.action]();
  }

  return {
    watch(stream, { signal, onEvent, onClip, onReport }) {
      const { streamId } = stream;
      const watch = watchStream(stream, {
        signal,
        onEvent,
        ...(onClip && { onClip }),
        onReport(report) {
          onReport?.(report);
          obey(governor.report(streamId, report, performance.now() / 1000));
        },
        onGone: () => governor.pause(streamId),
      });
      watches.set(streamId, watch);
      const forget = () => {
        if (watches.get(streamId) === watch) watches.delete(streamId);
      };
      watch.outcome.then(forget, forget);
      return watch;
    },
  };
}

/** Watches streams until all are over or the watch is stopped. */
export async function watchStreams(
  streams: readonly WatchedStream[],
  effects: WatchEffects,
): Promise<readonly WatchOutcome[]> {
  const pool = openStreamPool();
  return Promise.all(streams.map((stream) => pool.watch(stream, effects).outcome));
}
