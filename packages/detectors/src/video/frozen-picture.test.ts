import { describe, expect, test } from "vitest";
import { closedSpans, noise, type Paint, paintVideo, scene, watch } from "../../test/painted-video.ts";
import { frozenPicture } from "./frozen-picture.ts";

function spansOf(paint: Paint, pictures: number) {
  return closedSpans(watch(frozenPicture, paintVideo({ paint, pictures })));
}

/** Moves by 3 samples a picture, but stands still from picture `first` to `last`. */
function frozen(first: number, last: number): Paint {
  return (x, y, n) => scene(x, y, 3 * (n >= first && n <= last ? first : n));
}

/** What an encoder does at low rates: refines now and then, and refreshes all blocks where a group of pictures begins. */
function encoded(paint: Paint, amplitude: number): Paint {
  return (x, y, n) => {
    const [luma, cb, cr] = paint(x, y, n);
    return [luma + noise(x, y, Math.floor(n / 12), amplitude), cb, cr];
  };
}

function noisy(paint: Paint, amplitude: number): Paint {
  return (x, y, n) => {
    const [luma, cb, cr] = paint(x, y, n);
    return [luma + noise(x, y, n, amplitude), cb, cr];
  };
}

describe("tells", () => {
  const cases: readonly [name: string, paint: Paint, pictures: number, spans: ReturnType<typeof closedSpans>][] = [
    ["a digital freeze from its first picture to the first that moves", frozen(30, 84), 100, [[30, 85, "minor"]]],
    ["2.0 s", frozen(30, 79), 90, [[30, 80, "minor"]]],
    ["not 1.96 s", frozen(30, 78), 90, []],
    ["ten seconds as major", frozen(30, 279), 285, [[30, 280, "major"]]],
    ["a freeze that lasts to the end", frozen(30, 200), 90, [[30, 90, "minor"]]],
    ["a freeze that was encoded again", encoded(frozen(30, 99), 4), 110, [[30, 100, "minor"]]],
    ["a freeze under noise", noisy(frozen(30, 99), 5), 110, [[30, 100, "minor"]]],
    [
      "two freezes apart",
      (x, y, n) => frozen(100, 159)(x, y, n < 90 ? frozenIndex(n) : n),
      170,
      [
        [20, 80, "minor"],
        [100, 160, "minor"],
      ],
    ],
    [
      "one freeze in spite of one damaged picture",
      (x, y, n) => (n === 60 && x < 80 ? [200, 90, 90] : frozen(30, 99)(x, y, n)),
      110,
      [[30, 100, "minor"]],
    ],
  ];
  test.each(cases)("%s", (_name, paint, pictures, spans) => {
    expect(spansOf(paint, pictures)).toEqual(spans);
  });

  function frozenIndex(n: number): number {
    return n >= 20 && n < 80 ? 20 : n;
  }
});

describe("keeps silent about", () => {
  const still: Paint = (x, y) => scene(x, y, 0);
  const cases: readonly [name: string, paint: Paint][] = [
    ["one small mover on a still", (x, y, n) => (inside(x - n, y - 40, 24, 24) ? [210, 128, 128] : still(x, y, n))],
    ["a slow pan", (x, y, n) => scene(x, y, 0.1 * n)],
    ["a slow zoom", (x, y, n) => scene((x - 80) * (1 + n / 2000) + 80, (y - 48) * (1 + n / 2000) + 48, 0)],
    ["a camera on a tripod", noisy(still, 4)],
    [
      "a talking mouth",
      (x, y, n) => (inside(x - 70, y - 40, 24, 8 + 4 * Math.sin(n / 2)) ? [60, 120, 150] : still(x, y, n)),
    ],
    ["a moving cursor", (x, y, n) => (inside(x - 2 * (n % 60), y - 40, 10, 16) ? [235, 128, 128] : still(x, y, n))],
    ["typing", (x, y, n) => (inside(x - 10, y - 40, 6 * Math.floor(n / 8), 12) ? [30, 128, 128] : still(x, y, n))],
    ["a slow fade", (x, y, n) => [16 + (scene(x, y, 0)[0] - 16) * (1 - n / 150), 128, 128]],
    ["animation on threes", (x, y, n) => scene(x, y, 4 * Math.floor(n / 3))],
    ["a night scene with little motion", (x, y, n) => [24 + scene(x, y, n / 3)[0] / 20, 128, 128]],
    ["motion in a small pillar", (x, y, n) => (inside(x - 60, y, 40, 96) ? scene(x, y, 2 * n) : [16, 128, 128])],
    [
      "a slate that replaces a moving scene",
      (x, y, n) => (n < 25 ? scene(x, y, n) : [2 * scene(y, x, 60)[0] - 130, 90, 90]),
    ],
    ["black", () => [16, 128, 128]],
    ["one colour", () => [110, 128, 128]],
  ];
  test.each(cases)("%s", (_name, paint) => {
    expect(spansOf(paint, 80)).toEqual([]);
  });

  function inside(x: number, y: number, width: number, height: number): boolean {
    return x >= 0 && y >= 0 && x < width && y < height;
  }
});

test("leaves the freeze open for the worker that goes on", () => {
  const told = watch(frozenPicture, paintVideo({ paint: frozen(20, 500), pictures: 90 }), "hand-over");
  expect(told.map(({ state, endSeconds }) => [state, endSeconds])).toEqual([["opened", null]]);
});

test("tells of each step of severity once", () => {
  const told = watch(frozenPicture, paintVideo({ paint: frozen(10, 800), pictures: 790, width: 48, height: 32 }));
  expect(told.map(({ state, severity }) => [state, severity])).toEqual([
    ["opened", "minor"],
    ["updated", "major"],
    ["updated", "critical"],
    ["closed", "critical"],
  ]);
});

test("a change of size ends the freeze", () => {
  const before = [...paintVideo({ paint: frozen(20, 500), pictures: 80 })];
  const after = [...paintVideo({ paint: (x, y, n) => scene(x, y, 3 * n), pictures: 10, width: 96, height: 64 })];
  const later = after.map((picture) => ({ ...picture, timeSeconds: picture.timeSeconds + 3.2 }));
  expect(closedSpans(watch(frozenPicture, [...before, ...later]))).toEqual([[20, 80, "minor"]]);
});

test("refuses options out of range, and unknown ones", () => {
  expect(frozenPicture.options.safeParse({ minorFromSeconds: 0 }).success).toBe(false);
  expect(frozenPicture.options.safeParse({ duration: 2 }).success).toBe(false);
});
