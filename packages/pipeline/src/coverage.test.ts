import { expect, test } from "vitest";
import { openCoverageMeter } from "./coverage.ts";

const picture = (timeSeconds: number) => ({ timeSeconds, durationSeconds: 0.04 });

test("nothing is told where every picture was watched, nor where there was none", () => {
  const meter = openCoverageMeter();
  expect(meter.total(0)).toBeUndefined();
  for (let n = 0; n < 10; n++) meter.add(picture(n / 25), "full");
  expect(meter.total(0.4)).toBeUndefined();
});

test("the time between key pictures is watched lightly, the rest in full", () => {
  const meter = openCoverageMeter();
  for (const seconds of [0, 2, 4]) meter.add(picture(seconds), "light");
  meter.add(picture(6), "full");
  for (let n = 1; n < 25; n++) meter.add(picture(6 + n / 25), "full");
  expect(meter.total(7)).toEqual({ fullSeconds: 1, lightSeconds: 6, skippedSeconds: 0 });
});

test("what follows the last key picture was not watched either", () => {
  const meter = openCoverageMeter();
  for (const seconds of [0, 2]) meter.add(picture(seconds), "light");
  expect(meter.total(3.5)).toEqual({ fullSeconds: 0, lightSeconds: 3.5, skippedSeconds: 0 });
  expect(meter.lightSpans()).toEqual([{ startSeconds: 0, endSeconds: 3.5 }]);
});

test("pictures that follow one another are watched in full whatever the tier: key pictures only, or light to begin", () => {
  const meter = openCoverageMeter();
  for (let n = 0; n < 25; n++) meter.add(picture(n / 25), "light");
  meter.add(picture(3), "light");
  expect(meter.total(3.04)).toEqual({ fullSeconds: 1, lightSeconds: 2.04, skippedSeconds: 0 });
});

test("what was left out altogether is told apart", () => {
  const meter = openCoverageMeter();
  meter.add(picture(0), "full");
  meter.skip();
  meter.add(picture(5), "full");
  expect(meter.total(5.04)).toEqual({ fullSeconds: 0.04, lightSeconds: 0, skippedSeconds: 5 });
});

test("stretches of key pictures are told, and joined where there are more than a report can show", () => {
  const meter = openCoverageMeter();
  const stretches = 3000;
  for (let stretch = 0; stretch < stretches; stretch++) {
    meter.add(picture(20 * stretch), "light");
    meter.add(picture(20 * stretch + 8), "full");
    for (let n = 1; n < 300; n++) meter.add(picture(20 * stretch + 8 + n / 25), "full");
    if (stretch === 1)
      expect(meter.lightSpans()).toEqual([8, 28].map((endSeconds) => ({ startSeconds: endSeconds - 8, endSeconds })));
  }
  const spans = meter.lightSpans();
  expect(spans.length).toBeLessThanOrEqual(1000);
  expect(spans[0]?.startSeconds).toBe(0);
  expect(spans.at(-1)?.endSeconds).toBe(20 * (stretches - 1) + 8);
  expect(meter.total(20 * stretches)?.lightSeconds).toBe(8 * stretches);
});

test("a gap in the pictures of a full stream is no lack of watching", () => {
  const meter = openCoverageMeter();
  meter.add(picture(0), "full");
  meter.add(picture(5), "full");
  expect(meter.total(5.04)).toBeUndefined();
});
