import { GlasswatchError, type InputErrorCode, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import type { Segment } from "./segment.ts";

/** So many in a row and the rest is not worth asking for. */
const maxInARow = 3;

const passable: ReadonlySet<string> = new Set([
  "http-status",
  "timed-out",
  "connection-failed",
  "connection-lost",
  "file-not-found",
]);

const absent: ReadonlySet<string> = new Set(["http-status", "file-not-found"]);

/**
 * Segments that could not be read. A scan goes on without them, as a player would, and tells at the end: the input was not
 * read in full.
 */
export interface MissedSegments {
  /** @throws the failure itself when going on makes no sense */
  add(segment: Segment, failure: unknown): void;
  /** A segment was read to its end. */
  relent(): void;
  /** @throws GlasswatchError naming what was missed, if anything was */
  assertNone(segmentCount: number | null): void;
}

export function openMissedSegments(playlistUrl: string): MissedSegments {
  let first: { readonly segment: Segment; readonly failure: GlasswatchError } | null = null;
  let count = 0;
  let inARow = 0;

  function summary(segmentCount: number | null, end: string): GlasswatchError | null {
    if (first === null) return null;
    const { segment, failure } = first;
    const of = segmentCount === null ? "" : ` of ${segmentCount}`;
    const which = `the first of them segment ${segment.number} at ${segment.startSeconds.toFixed(1)} s`;
    const what = `${count}${of} segments could not be read, ${which} (${failure.message})`;
    return inputError(failure.code as InputErrorCode, `${maskUrl(playlistUrl)}: ${what}; ${end}`, failure);
  }

  return {
    add(segment, failure) {
      if (!(failure instanceof GlasswatchError) || !passable.has(failure.code)) throw failure;
      if (segment.optional && absent.has(failure.code)) return;
      first ??= { segment, failure };
      count++;
      inARow++;
      if (inARow >= maxInARow) throw summary(null, `gave up after ${maxInARow} in a row`);
    },
    relent() {
      inARow = 0;
    },
    assertNone(segmentCount) {
      const error = summary(segmentCount, "the others were analysed");
      if (error !== null) throw error;
    },
  };
}
