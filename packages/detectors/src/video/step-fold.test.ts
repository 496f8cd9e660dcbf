import type { FrameFeature, MotionFeature } from "@glasswatch/core/video-features";
import { expect, test } from "vitest";
import { type FoldedJumps, openStepFold } from "./step-fold.ts";

/* What pictures differ by from one to the next, at 25 a second: motion varies by a quarter. */

const wobble = (n: number) => 3 + 0.75 * Math.sin(n * n + 0.7);
const isMissing = (n: number, from: number) => n >= from && n % 10 === 0;

const cases: readonly [
  name: string,
  step: (n: number) => number,
  key: (n: number) => boolean,
  start: number | undefined,
][] = [
  ["one in ten is missing from 2 s on", (n) => wobble(n) * (isMissing(n, 50) ? 1.9 : 1), () => false, 2],
  ["nothing is missing", wobble, () => false, undefined],
  ["pictures repeat", (n) => (n % 2 === 0 ? 0.01 : wobble(n)), () => false, undefined],
  ["groups of pictures begin", (n) => wobble(n) * (isMissing(n, 0) ? 1.9 : 1), (n) => n % 10 === 0, undefined],
  ["next to nothing moves", (n) => 0.1 * wobble(n) * (isMissing(n, 0) ? 1.9 : 1), () => false, undefined],
];

test.each(cases)("%s", (_name, step, key, start) => {
  const fold = openStepFold();
  let found: FoldedJumps | undefined;
  for (let n = 0; n < 250; n++) {
    const frame = { timeSeconds: n / 25, keyFrame: key(n) } as FrameFeature;
    found = fold.add(frame, { meanDifference: step(n), peakDifference: 10 * step(n) } as MotionFeature) ?? found;
  }
  expect(found?.startSeconds).toBe(start);
});
