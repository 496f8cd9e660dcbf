import { edgeBetween, type Mismatch } from "./edges.ts";
import { runLines } from "./offset-at.ts";
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

/** What is missing and inserted between the runs of one track. */
export function partsOf(map: TrackMap, { stepSeconds, mismatch }: EdgeFinder): readonly Part[] {
  const lines = runLines(map);
  return lines.slice(1).map((after, i) => {
    const before = lines[i] as (typeof lines)[number];
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
    };
  });
}

function windowOf({ runs }: TrackMap): number {
  const match = runs[0]?.windows[0]?.match;
  return match ? match.toSeconds - match.fromSeconds : 0;
}
