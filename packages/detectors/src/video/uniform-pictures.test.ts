import { describe, expect, test } from "vitest";
import {
  closedSpans,
  noise,
  type Paint,
  type PaintedVideo,
  paintVideo,
  scene,
  watch,
} from "../../test/painted-video.ts";
import { blackPicture } from "./black-picture.ts";
import { flatPicture } from "./flat-picture.ts";
import { testPattern } from "./test-pattern.ts";

type Spans = ReturnType<typeof closedSpans>;
type Case = readonly [name: string, video: PaintedVideo, spans: Spans];

const small = { width: 64, height: 36 };

/** A moving scene, and `paint` in pictures 10 to `last`. */
function within(paint: Paint, last = 69): PaintedVideo {
  return { ...small, pictures: 90, paint: (x, y, n) => (n >= 10 && n <= last ? paint(x, y, n) : scene(x, y, 3 * n)) };
}

const bars = [
  [180, 128, 128],
  [162, 44, 142],
  [131, 156, 44],
  [112, 72, 58],
  [84, 184, 198],
  [65, 100, 212],
  [35, 212, 114],
  [16, 128, 128],
] as const;

function bar(x: number, order = [0, 1, 2, 3, 4, 5, 6, 7]): readonly [number, number, number] {
  return bars[order[Math.min(7, Math.floor(x / 8))] ?? 0] ?? bars[0];
}

describe("black-picture", () => {
  const cases: readonly Case[] = [
    ["2.0 s", within(() => [16, 128, 128], 59), [[10, 60, "minor"]]],
    ["not 1.96 s", within(() => [16, 128, 128], 58), []],
    ["just under a tenth of the range", within(() => [37, 128, 128]), [[10, 70, "minor"]]],
    ["not just over it", within(() => [38, 128, 128]), []],
    ["a tenth of the full range", { ...within(() => [25, 128, 128]), fullRange: true }, [[10, 70, "minor"]]],
    ["not above it in the full range", { ...within(() => [26, 128, 128]), fullRange: true }, []],
    ["10 bits", { ...within(() => [16, 128, 128]), bitDepth: 10 }, [[10, 70, "minor"]]],
    ["under noise", within((x, y, n) => [20 + noise(x, y, n, 4), 128, 128]), [[10, 70, "minor"]]],
    ["a small logo on black", within((x, y) => [x < 5 && y < 5 ? 235 : 16, 128, 128]), [[10, 70, "minor"]]],
    ["not three per cent of bright pixels", within((x, y) => [x < 9 && y < 9 ? 235 : 16, 128, 128]), []],
    ["not a dark blue, which is as low in luma", within(() => [32, 240, 118]), []],
    ["ten seconds as major", { ...small, pictures: 260, paint: () => [16, 128, 128] }, [[0, 260, "major"]]],
  ];
  test.each(cases)("%s", (_name, video, spans) => {
    expect(closedSpans(watch(blackPicture, paintVideo(video)))).toEqual(spans);
  });
});

describe("flat-picture", () => {
  const cases: readonly Case[] = [
    ["grey for 1.0 s", within(() => [110, 128, 128], 34), [[10, 35, "minor"]]],
    ["not for 0.96 s", within(() => [110, 128, 128], 33), []],
    ["the green of missing data", within(() => [0, 0, 0]), [[10, 70, "minor"]]],
    ["blue", within(() => [32, 240, 118]), [[10, 70, "minor"]]],
    ["an encoder's rounding", within((x, y) => [110 + noise(x, y, 0, 1.5), 128, 128]), [[10, 70, "minor"]]],
    ["a logo on it", within((x, y) => [x < 12 && y < 12 ? 230 : 110, 128, 128]), [[10, 70, "minor"]]],
    ["not a slow blend of colours", within((_x, _y, n) => [110, 90 + n, 150 - n]), []],
    ["not black", within(() => [16, 128, 128]), []],
    ["not a sky", within((_x, y) => [150 + y / 2, 140, 110]), []],
    ["not a studio wall", within((x, y, n) => [150 + noise(x, y, n, 6), 120, 134]), []],
    ["not two colours of one luma", within((x) => [110, x < 32 ? 90 : 160, 128]), []],
    [
      "not a clock on a plain ground",
      within((x, y, n) => [y < 8 && x < 24 && (x + n) % 6 < 3 ? 235 : 110, 128, 128]),
      [],
    ],
  ];
  test.each(cases)("%s", (_name, video, spans) => {
    expect(closedSpans(watch(flatPicture, paintVideo(video)))).toEqual(spans);
  });
});

describe("test-pattern", () => {
  const cases: readonly Case[] = [
    ["EBU bars for 1.0 s", within((x) => bar(x), 34), [[10, 35, "minor"]]],
    ["not for 0.96 s", within((x) => bar(x), 33), []],
    [
      "with a station's name across",
      within((x, y) => (x > 16 && x < 48 && y > 8 && y < 18 ? [235, 128, 128] : bar(x))),
      [[10, 70, "minor"]],
    ],
    ["over two thirds of the height", within((x, y) => (y < 24 ? bar(x) : [60, 128, 128])), [[10, 70, "minor"]]],
    ["at 10 bits", { ...within((x) => bar(x)), bitDepth: 10 }, [[10, 70, "minor"]]],
    ["mirrored", within((x) => bar(63 - x)), [[10, 70, "minor"]]],
    ["not the same stripes in another order", within((x) => bar(x, [7, 2, 4, 6, 1, 3, 5, 0])), []],
    ["not a monitor in the scene", within((x, y) => (x < 28 && y < 20 ? bar(64 * (x / 28)) : [60, 128, 128])), []],
    ["under noise", within((x, y, n) => [bar(x)[0] + noise(x, y, n, 8), bar(x)[1], bar(x)[2]]), [[10, 70, "minor"]]],
    ["not the same bars lying down", within((_x, y) => bar((64 / 36) * y)), []],
    ["not grey bars", within((x) => [bar(x)[0], 128, 128]), []],
    ["not a striped awning", within((x) => (Math.floor(x / 8) % 2 === 0 ? [65, 100, 212] : [200, 128, 128])), []],
    ["not pale colours", within((x) => [120, 128 + (bar(x)[1] - 128) / 3, 128 + (bar(x)[2] - 128) / 3]), []],
    ["ten seconds as major", { ...small, pictures: 260, paint: (x) => bar(x) }, [[0, 260, "major"]]],
  ];
  test.each(cases)("%s", (_name, video, spans) => {
    expect(closedSpans(watch(testPattern, paintVideo(video)))).toEqual(spans);
  });
});
