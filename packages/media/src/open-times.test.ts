import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReadOutcome, readAll, unitsOf } from "./testing/read-all.ts";
import { h264, openWorkshop, picture, tone } from "./testing/synthesise.ts";

const workshop = openWorkshop();
const { make, path } = workshop;

beforeAll(() => {
  make("av.mp4", ...picture(10), ...tone(10), ...h264, "-c:a", "aac");
  const copy = ["-i", path("av.mp4"), "-c", "copy"];
  make("av.ts", ...copy);
  make("av.mkv", ...copy);
  make("av.flv", ...copy);
  // 2^33 ticks of 90 kHz are 95443.7 s.
  make("wrap.ts", ...copy, "-output_ts_offset", "95440");
  make("day.ts", ...copy, "-output_ts_offset", "90000");
  make("late.mkv", ...copy, "-output_ts_offset", "1000000");
  const undelayed = ["-muxdelay", "0", "-muxpreload", "0"];
  make("negative.ts", ...copy, "-avoid_negative_ts", "disabled", "-output_ts_offset", "-3", ...undelayed);
  const pictures = ["-i", path("av.mp4"), "-map", "0:v", "-c", "copy", "-bsf:v"];
  make("later.ts", ...copy, "-output_ts_offset", "100");
  writeFileSync(path("back.ts"), Buffer.concat([readFileSync(path("later.ts")), readFileSync(path("av.ts"))]));
  make("jump.mkv", ...pictures, "setts=ts=TS+gt(N\\,99)*20000");
  make("jump.ts", "-i", path("av.ts"), "-map", "0:v", "-c", "copy", "-bsf:v", "setts=ts=TS+gt(N\\,99)*1800000");
  make("gap.mkv", ...picture(10), "-vf", "select='not(between(n,100,149))'", "-vsync", "vfr", ...h264);
  make("vfr.mkv", ...picture(4), "-vf", "select='mod(n,3)'", "-vsync", "vfr", ...h264);
});

afterAll(() => workshop.remove());

function times(outcome: ReadOutcome, media: "video" | "audio"): number[] {
  return unitsOf(outcome, media).map((unit) => unit.timeSeconds);
}

function largestStep(outcome: ReadOutcome): number {
  return Math.max(...outcome.units.map((unit) => Math.abs(unit.clockStepSeconds)));
}

describe("times count from the earliest timestamp and run on", () => {
  test.each(["av.mp4", "av.ts", "av.mkv", "av.flv", "wrap.ts", "day.ts", "late.mkv", "negative.ts"])(
    "%s",
    async (name) => {
      const outcome = await readAll(path(name));
      const pictures = times(outcome, "video");
      const sounds = times(outcome, "audio");
      expect(outcome.errorCode).toBeNull();
      expect(Math.min(pictures[0] ?? 9, sounds[0] ?? 9)).toBeCloseTo(0, 6);
      expect(Math.abs((pictures[0] ?? 9) - (sounds[0] ?? 0))).toBeLessThan(0.06);
      expect(pictures).toHaveLength(250);
      for (const [index, time] of pictures.entries()) {
        expect(time - (pictures[0] ?? 0)).toBeCloseTo(index / 25, 2);
      }
      expect(largestStep(outcome)).toBeLessThan(0.003);
    },
  );

  test("sound that starts later stays later", async () => {
    const file = make("offset.mkv", "-itsoffset", "2", ...tone(2), ...picture(4), ...h264, "-c:a", "pcm_s16le");
    const outcome = await readAll(file);
    expect(times(outcome, "video")[0]).toBe(0);
    expect(times(outcome, "audio")[0]).toBeCloseTo(2, 2);
  });

  test("an input without timestamps is timed by its frame rate", async () => {
    const outcome = await readAll(make("raw.h264", ...picture(2), ...h264, "-bf", "0"));
    expect(times(outcome, "video").at(-1)).toBeCloseTo(1.96, 1);
  });
});

describe("a broken clock is told, and time goes on", () => {
  test.each([
    ["jump.mkv", 20],
    ["jump.ts", 20],
  ])("%s", async (name, stepSeconds) => {
    const outcome = await readAll(path(name));
    const steps = outcome.units.filter((unit) => Math.abs(unit.clockStepSeconds) > 0.02);
    expect(steps).toHaveLength(1);
    expect(steps[0]?.clockStepSeconds).toBeCloseTo(stepSeconds, 1);
    const all = times(outcome, "video");
    for (const [index, time] of all.entries()) expect(time).toBeCloseTo(index / 25, 1);
  });

  test("pictures and sound that step back together stay together", async () => {
    const outcome = await readAll(path("back.ts"));
    const steps = outcome.units.filter((unit) => unit.clockStepSeconds < -1);
    expect(steps.map((unit) => Math.round(unit.clockStepSeconds))).toEqual([-110, -110]);
    const offset = (times(outcome, "video")[0] ?? 9) - (times(outcome, "audio")[0] ?? 9);
    const after = (times(outcome, "video")[250] ?? 9) - (times(outcome, "audio").find((time) => time > 9.99) ?? 9);
    expect(Math.abs(after - offset)).toBeLessThan(0.05);
    expect(times(outcome, "video").at(-1)).toBeCloseTo(20, 0);
  });

  test("a gap stays a gap", async () => {
    const outcome = await readAll(path("gap.mkv"));
    expect(times(outcome, "video").at(-1)).toBeCloseTo(9.96, 2);
    const steps = outcome.units.filter((unit) => unit.clockStepSeconds > 0.1);
    expect(steps).toHaveLength(1);
    expect(steps[0]?.clockStepSeconds).toBeCloseTo(2, 1);
    expect(steps[0]?.timeSeconds).toBeCloseTo(6, 2);
  });

  test("a variable rate never steps back", async () => {
    const outcome = await readAll(path("vfr.mkv"));
    expect(Math.min(...outcome.units.map((unit) => unit.clockStepSeconds))).toBeGreaterThanOrEqual(0);
  });
});

describe("a range of the input", () => {
  test.each(["av.mp4", "av.ts", "av.mkv", "av.flv", "day.ts", "wrap.ts"])("%s from 3.5 to 6", async (name) => {
    const whole = await readAll(path(name));
    const part = await readAll(path(name), { fromSeconds: 3.5, toSeconds: 6 });
    const wanted = whole.units.filter((unit) => unit.timeSeconds + unit.durationSeconds > 3.5 && unit.timeSeconds < 6);
    for (const media of ["video", "audio"] as const) {
      const expected = wanted.filter((unit) => unit.media === media);
      const got = unitsOf(part, media);
      expect(got.map((unit) => unit.timeSeconds.toFixed(4))).toEqual(expected.map((u) => u.timeSeconds.toFixed(4)));
      if (media === "video") expect(got.map((unit) => unit.levels)).toEqual(expected.map((unit) => unit.levels));
    }
    expect(part.units.filter((unit) => unit.damaged)).toEqual([]);
  });

  test("a start beyond the end is told", async () => {
    expect(await readAll(path("av.mp4"), { fromSeconds: 60 })).toMatchObject({
      errorCode: "range-after-end",
      units: [],
    });
  });
});
