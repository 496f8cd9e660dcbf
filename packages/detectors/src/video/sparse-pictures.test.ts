import type { Detection } from "@glasswatch/core/detector";
import type { Picture } from "@glasswatch/core/media";
import { openVideoFeatures } from "@glasswatch/kernels/video-features";
import { describe, expect, test } from "vitest";
import { closedSpans, noise, type Paint, paintVideo, scene } from "../../test/painted-video.ts";
import { blackPicture } from "./black-picture.ts";
import { flatPicture } from "./flat-picture.ts";
import { frozenPicture } from "./frozen-picture.ts";
import { testPattern } from "./test-pattern.ts";

/* What detectors make of a stream of which only some pictures are seen. Picture n is the one at n/25 s. */

const detectors = {
  "black-picture": blackPicture,
  "flat-picture": flatPicture,
  "frozen-picture": frozenPicture,
  "test-pattern": testPattern,
};

type Kind = keyof typeof detectors;

function* picturesAt(numbers: readonly number[], paint: Paint): Generator<Picture> {
  const painted = paintVideo({ paint: (x, y, n) => paint(x, y, numbers[n] as number), pictures: numbers.length });
  let index = 0;
  for (const picture of painted) yield { ...picture, timeSeconds: (numbers[index++] as number) / 25 };
}

function every(step: number, from: number, to: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
}

/** The numbers of the pictures that were suspicious, and what was told. */
function run(kind: Kind, numbers: readonly number[], paint: Paint) {
  const { features, analyse } = openVideoFeatures();
  const detector = detectors[kind];
  const track = { track: 0, codec: "rawvideo", width: 160, height: 96, fps: 25, pixelFormat: "yuv444p" };
  const options = detector.options.parse({}) as never;
  const instance = detector.open({ options, expectation: undefined, track });
  const suspicious: number[] = [];
  const told: Detection[] = [];
  for (const picture of picturesAt(numbers, paint)) {
    analyse(picture);
    told.push(...(instance.push(features) ?? []));
    if (instance.suspects?.()) suspicious.push(Math.round(picture.timeSeconds * 25));
  }
  told.push(...(instance.finish("end") ?? []));
  return { suspicious, spans: closedSpans(told) };
}

const moving: Paint = (x, y, n) => scene(x, y, 3 * n);
const instead = (other: Paint, from: number, to: number): Paint => {
  return (x, y, n) => (n >= from && n < to ? other : moving)(x, y, n);
};
const frozen = (from: number, to: number): Paint => instead((x, y) => moving(x, y, from), from, to);
/** An encoder draws the picture anew where a group of pictures begins. */
const encoded = (paint: Paint): Paint => {
  return (x, y, n) => {
    const [luma, cb, cr] = paint(x, y, n);
    return [luma + noise(x, y, Math.floor(n / 50), 3), cb, cr];
  };
};
const slate: Paint = (x, y) => [60 + scene(y, x, 9)[0] / 3, 90, 160];
const bars: Paint = (x) => {
  const colours = [
    [162, 44, 142],
    [131, 156, 44],
    [112, 72, 58],
    [84, 184, 198],
    [65, 100, 212],
    [35, 212, 114],
  ] as const;
  return colours[Math.min(5, Math.floor(x / 27))] as (typeof colours)[0];
};

describe("one picture in two seconds", () => {
  const keys = every(50, 0, 1000);

  test.each(Object.keys(detectors) as Kind[])("of a moving scene are not suspicious to %s", (kind) => {
    expect(run(kind, keys, moving)).toEqual({ suspicious: [], spans: [] });
  });

  const cases: readonly [kind: Kind, paint: Paint, suspicious: readonly number[]][] = [
    ["black-picture", instead(() => [16, 128, 128], 120, 220), [150, 200]],
    ["flat-picture", instead(() => [110, 90, 90], 120, 220), [150, 200]],
    ["test-pattern", instead(bars, 120, 220), [150, 200]],
    // The first is not known to stand still until the second shows the same.
    ["frozen-picture", frozen(120, 270), [200, 250]],
    ["frozen-picture", encoded(frozen(120, 270)), [200, 250]],
  ];
  test.each(cases)("%s is suspected from the first picture that can show it", (kind, paint, suspicious) => {
    expect(run(kind, keys, paint).suspicious).toEqual(suspicious);
  });
});

describe("every picture from the first suspicious one on", () => {
  /** Key pictures up to the one at 8 s, then all. */
  const numbers = [...every(50, 0, 200), ...every(1, 200, 300)];

  const cases: readonly [name: string, paint: Paint, spans: ReturnType<typeof closedSpans>][] = [
    ["a freeze counts from the first key picture that shows it", frozen(120, 265), [[150, 265, "minor"]]],
    ["so does one that was encoded again", encoded(frozen(120, 265)), [[150, 265, "minor"]]],
    ["a slate that replaced a moving scene is none", encoded(instead(slate, 120, 270)), []],
    ["nor is a picture that nothing was seen before", (x, y, n) => encoded(frozen(0, 240))(x, y, n), []],
  ];
  test.each(cases)("%s", (_name, paint, spans) => {
    expect(run("frozen-picture", numbers, paint).spans).toEqual(spans);
  });

  test("a slate is not suspicious any more when it has stood for as long as a major freeze; the next still picture is", () => {
    const first = encoded(instead(slate, 120, 520));
    const paint: Paint = (x, y, n) => (n < 600 ? first : frozen(600, 800))(x, y, n);
    const numbers = [...every(50, 0, 200), ...every(5, 200, 420), ...every(50, 450, 800)];
    const { suspicious, spans } = run("frozen-picture", numbers, paint);
    expect(suspicious).toEqual([...every(5, 200, 400), 650, 700, 750]);
    expect(spans).toEqual([[600, 751, "minor"]]);
  });
});
