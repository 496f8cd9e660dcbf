import type { GridBreaks, VideoFeatures } from "@glasswatch/core/video-features";
import { expect, test } from "vitest";
import { blockCorruption } from "./block-corruption.ts";

/* What breaks at borders without a decoder's word, from picture to picture. What real files hold is test/accuracy's. */

type Breaks = readonly [share: number, midwayShare: number];

const quiet: readonly Breaks[] = Array.from({ length: 75 }, () => [0, 0]);
const columns = 30;

function featuresOf([share, midwayShare]: Breaks, index: number, looked: number): VideoFeatures {
  const broken = new Uint8Array(looked).fill(1, 0, Math.round(share * looked));
  const breaks: GridBreaks = { share, midwayShare, looked, columns, rows: Math.ceil(looked / columns), broken };
  const frame = { index, timeSeconds: index / 25, durationSeconds: 1 / 25, keyFrame: false, damaged: false };
  return {
    frame,
    motion: { peakDifference: 50 },
    gridBreaks: { read: () => breaks },
    blockGrid: { read: () => ({ share: 0 }) },
  } as unknown as VideoFeatures;
}

test.each<{ what: string; pictures: readonly Breaks[]; looked: number; told: boolean }>([
  {
    what: "blocks that break three times in a row",
    pictures: [
      [0.08, 0.002],
      [0.08, 0.002],
      [0.08, 0.002],
    ],
    looked: 600,
    told: true,
  },
  {
    what: "an edge that moves, on a border and midway in turn",
    pictures: Array.from({ length: 20 }, (_, index): Breaks => (index % 2 === 0 ? [0.035, 0] : [0, 0.035])),
    looked: 600,
    told: false,
  },
  {
    what: "a few segments of a small picture",
    pictures: [
      [0.2, 0],
      [0.2, 0],
      [0.2, 0],
    ],
    looked: 30,
    told: false,
  },
])("$what", ({ pictures, looked, told }) => {
  const detector = blockCorruption.open({ options: blockCorruption.options.parse({}) } as never);
  const detections = [...quiet, ...pictures, ...quiet].flatMap(
    (breaks, index) => detector.push(featuresOf(breaks, index, looked) as never) ?? [],
  );
  expect(detections.some(({ state }) => state === "opened")).toBe(told);
});
