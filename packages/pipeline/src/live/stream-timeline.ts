import { createHash } from "node:crypto";
import type { Finding } from "@glasswatch/core/finding";

/**
 * The time of one stream over all its connections, each of which counts from its own first unit: it goes on at the pace of
 * the wall clock while there is none. All times are in seconds.
 */
export interface StreamTimeline {
  /** A connection was opened, and begins here; one to a file begins with the file. */
  begin(nowSeconds: number, live: boolean): void;
  /** Where the stream would be if it had gone on. */
  expected(nowSeconds: number): number;
  /** Where the latest connection began. */
  readonly beganSeconds: number;
  /** Where the stream is. */
  readonly positionSeconds: number;
  advance(connectionSeconds: number): void;
  /** A finding as its connection tells it, placed in the stream and with an id that no other connection gives. */
  place(finding: Finding): Finding;
}

/**
 * @param streamKey part of every id, so that findings of two streams, or of two runs, never share one
 * @param openedAt when the stream was opened first, where that was before
 */
export function openStreamTimeline(streamKey: string, openedAt?: number): StreamTimeline {
  let openedAtSeconds = openedAt;
  let beganSeconds = 0;
  let positionSeconds = 0;

  function expected(nowSeconds: number): number {
    return openedAtSeconds === undefined ? 0 : Math.max(positionSeconds, nowSeconds - openedAtSeconds);
  }

  return {
    begin(nowSeconds, live) {
      beganSeconds = live ? milliseconds(expected(nowSeconds)) : 0;
      positionSeconds = beganSeconds;
      openedAtSeconds ??= nowSeconds;
    },
    expected,
    get beganSeconds() {
      return beganSeconds;
    },
    get positionSeconds() {
      return positionSeconds;
    },
    advance(connectionSeconds) {
      positionSeconds = milliseconds(Math.max(positionSeconds, beganSeconds + connectionSeconds));
    },
    place: (finding) => ({
      ...finding,
      id: createHash("sha256").update(`${streamKey} ${beganSeconds} ${finding.id}`).digest("hex").slice(0, 16),
      startSeconds: milliseconds(beganSeconds + finding.startSeconds),
      endSeconds: finding.endSeconds === null ? null : milliseconds(beganSeconds + finding.endSeconds),
    }),
  };
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
