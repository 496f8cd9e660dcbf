import { expect, test } from "vitest";
import { openCoverageMeter } from "./coverage.ts";

const picture = (timeSeconds: number) => ({ timeSeconds, durationSeconds: 0.04 });

test("nothing is told where every picture was watched, nor where there was none", () => {
  const meter = openCoverageMeter();
  expect(meter.total()).toBeUndefined();
  for (let n = 0; n < 10; n++) meter.add(picture(n / 25), "full");
  expect(meter.total()).toBeUndefined();
});

test("the time between key pictures is watched lightly, the rest in full", () => {
  const meter = openCoverageMeter();
  for (const seconds of [0, 2, 4]) meter.add(picture(seconds), "light");
  meter.add(picture(6), "full");
  for (let n = 1; n < 25; n++) meter.add(picture(6 + n / 25), "full");
  expect(meter.total()).toEqual({ fullSeconds: 1, lightSeconds: 6, skippedSeconds: 0 });
});

test("pictures that follow one another are watched in full whatever the tier: key pictures only, or light to begin", () => {
  const meter = openCoverageMeter();
  for (let n = 0; n < 25; n++) meter.add(picture(n / 25), "light");
  meter.add(picture(3), "light");
  expect(meter.total()).toEqual({ fullSeconds: 1, lightSeconds: 2.04, skippedSeconds: 0 });
});

test("what was left out altogether is told apart", () => {
  const meter = openCoverageMeter();
  meter.add(picture(0), "full");
  meter.skip();
  meter.add(picture(5), "full");
  expect(meter.total()).toEqual({ fullSeconds: 0.04, lightSeconds: 0, skippedSeconds: 5 });
});

test("a gap in the pictures of a full stream is no lack of watching", () => {
  const meter = openCoverageMeter();
  meter.add(picture(0), "full");
  meter.add(picture(5), "full");
  expect(meter.total()).toBeUndefined();
});
