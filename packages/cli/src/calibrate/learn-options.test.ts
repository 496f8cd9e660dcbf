import { emptyProfile, parseProfile } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { tinyDetectors } from "@glasswatch/detectors/testing/tiny-detectors";
import type { CalibrationValues } from "@glasswatch/pipeline/calibration-meters";
import { expect, test } from "vitest";
import { learnOptions } from "./learn-options.ts";

const from = "2 inputs, 3 min";

function ripples(values: readonly number[]): CalibrationValues {
  return { detector: "still-lake", subject: { media: "video", track: 0 }, values };
}

function lufs(...values: readonly number[]): readonly CalibrationValues[] {
  return values.map((value) => ({ detector: "loudness", subject: { media: "audio", track: 0 }, values: [value] }));
}

/** From 0 to 100, in no order. */
const spread = Array.from({ length: 101 }, (_, index) => (index * 37) % 101);

test("the values of all inputs together give the option, by the detector's own rule", () => {
  const profile = parseProfile({ detectors: { "still-lake": { options: { rippleShare: 0.4 } } } }, tinyDetectors);
  const lesson = learnOptions([ripples(spread.slice(0, 30)), ripples(spread.slice(30))], {
    registry: tinyDetectors,
    profile,
    from,
  });
  expect(lesson.measured).toMatchObject([{ detector: "still-lake", count: 101, low: 5, median: 50, high: 95 }]);
  expect(lesson.settings).toMatchObject([{ option: "rippleShare", was: 0.4, willBe: 0.1, isAtLimit: true }]);
});

test("one second like no other changes nothing", () => {
  const learn = (values: readonly number[]) =>
    learnOptions([ripples(values)], { registry: tinyDetectors, profile: emptyProfile, from }).settings;
  const usual = Array.from({ length: 99 }, () => 20);
  expect(learn([...usual, 0])).toEqual(learn([...usual, 20]));
  expect(learn(usual)).toEqual([
    {
      detector: "still-lake",
      option: "rippleShare",
      was: 0.25,
      willBe: 0.16,
      isAtLimit: false,
      change: {
        path: ["detectors", "still-lake", "options", "rippleShare"],
        value: 0.16,
        note: "learned from 2 inputs, 3 min: 5 % of the seconds have less, less a fifth",
      },
    },
  ]);
});

test("a few seconds, or none, teach nothing", () => {
  const learn = (values: readonly number[]) =>
    learnOptions([ripples(values)], { registry: tinyDetectors, profile: emptyProfile, from });
  expect(learn([20, 20, 20]).settings).toEqual([]);
  expect(learn([]).settings).toEqual([]);
  expect(learn([]).measured).toMatchObject([{ count: 0 }]);
  expect(learnOptions([], { registry: tinyDetectors, profile: emptyProfile, from }).measured).toEqual([]);
});

test("the loudness of a channel is the median of its programmes, and never more than 3 LU wide", () => {
  const learn = (values: readonly CalibrationValues[], said: unknown = {}) =>
    learnOptions(values, { registry: detectors, profile: parseProfile(said, detectors), from }).settings.map(
      ({ change, willBe, isAtLimit }) => [change?.path.join(".") ?? "expected", willBe, isAtLimit],
    );
  expect(learn(lufs(-20.04, -20.3, -18.7))).toEqual([
    ["detectors.loudness.options.targetLufs", -20, false],
    ["detectors.loudness.options.toleranceLu", 1.8, false],
  ]);
  expect(learn(lufs(-20, -20, -30))).toEqual([
    ["detectors.loudness.options.targetLufs", -20, false],
    ["detectors.loudness.options.toleranceLu", 3, true],
  ]);
  // What a profile expects is a person's to say.
  expect(learn(lufs(-20), { expect: { loudness: { targetLufs: -23 } } })).toEqual([
    ["expected", -23, false],
    ["detectors.loudness.options.toleranceLu", 1, false],
  ]);
});
