import { tinyDetectors } from "@glasswatch/detectors/testing/tiny-detectors";
import { describe, expect, test } from "vitest";
import { openCalibrationMeters } from "./calibration-meters.ts";

const subject = { media: "video", track: 0 } as const;

/** A track of which motion is measured, and its way through the meters. */
function openTrack() {
  const frame = { timeSeconds: 0 };
  const motion = { meanDifference: 0 };
  const track = { subject, features: { frame, motion, luma: {} }, timeSeconds: () => frame.timeSeconds };
  const meters = openCalibrationMeters(tinyDetectors, [track]);
  return {
    values: () => meters.values(),
    show(timeSeconds: number, difference: number) {
      frame.timeSeconds = timeSeconds;
      motion.meanDifference = difference;
      meters.push(subject);
    },
  };
}

describe("what is taken down for calibration", () => {
  test("one value a second, the mean of it, of detectors that can be calibrated", () => {
    const track = openTrack();
    for (let picture = 0; picture < 75; picture++) track.show(picture / 25, picture < 25 ? 0.1 : 0.3);
    expect(track.values()).toEqual([
      { detector: "still-lake", subject, values: [expect.closeTo(10), expect.closeTo(30), expect.closeTo(30)] },
    ]);
  });

  test("what tells nothing leaves no value, and neither does a gap", () => {
    const track = openTrack();
    track.show(0, 0.1);
    track.show(0.5, Number.NaN);
    track.show(1, Number.NaN);
    track.show(61, 0.2);
    expect(track.values()[0]?.values).toEqual([10, 20]);
  });

  test("other tracks are none of its business", () => {
    const meters = openCalibrationMeters(tinyDetectors, []);
    meters.push(subject);
    expect(meters.values()).toEqual([]);
  });
});
