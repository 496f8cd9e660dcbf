import { edgeBetween, type Mismatch } from "./edges.ts";
import { type RunLine, runLines } from "./offset-at.ts";
import type { TrackMap } from "./track-map.ts";

export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Something that one of the inputs has and the other lacks. Where it is lacking, its span has no length. */
export interface Part {
  readonly kind: "missing" | "inserted";
  readonly reference: Span;
  readonly input: Span;
}

export interface EdgeFinder {
  readonly stepSeconds: number;
  readonly mismatch: Mismatch;
}

/** A map cut at its edits. */
export interface EditedMap {
  /** From edit to edit. */
  readonly lines: readonly RunLine[];
  readonly parts: readonly Part[];
}

/** What is missing and inserted between the runs of one track, and what lies between those edits. */
export function findEdits(map: TrackMap, { stepSeconds, mismatch }: EdgeFinder): EditedMap {
  const found = runLines(map);
  const parts = found.slice(1).map((after, i) => {
    const before = found[i] as RunLine;
    const middle = (before.toSeconds + after.fromSeconds) / 2;
    const step = after.at(middle) - before.at(middle);
    const skippedSeconds = Math.max(0, -step);
    const edge = edgeBetween({
      fromSeconds: Math.min(before.toSeconds, after.fromSeconds) - windowOf(map),
      toSeconds: Math.max(before.toSeconds, after.fromSeconds) + windowOf(map) + skippedSeconds,
      stepSeconds,
      before: before.at,
      after: after.at,
      skippedSeconds,
      mismatch,
    });
    const inputEdge = edge + before.at(edge);
    return {
      kind: step < 0 ? "missing" : "inserted",
      reference: { startSeconds: edge, endSeconds: edge + skippedSeconds },
      input: { startSeconds: inputEdge, endSeconds: inputEdge + Math.max(0, step) },
    } as const;
  });
  const lines = found.map((line, i) => ({
    ...line,
    fromSeconds: parts[i - 1]?.reference.endSeconds ?? line.fromSeconds,
    toSeconds: parts[i]?.reference.startSeconds ?? line.toSeconds,
  }));
  return { lines, parts };
}

function windowOf({ runs }: TrackMap): number {
  const match = runs[0]?.windows[0]?.match;
  return match ? match.toSeconds - match.fromSeconds : 0;
}
