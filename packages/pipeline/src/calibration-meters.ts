import type { AnyDetector, Calibration } from "@glasswatch/core/detector";
import type { Subject } from "@glasswatch/core/finding";
import { pick } from "./detector-host.ts";

/** What one detector measured of one track, for its calibration. */
export interface CalibrationValues {
  readonly detector: string;
  readonly subject: Subject;
  /** In order of time; see `Calibration.per`. */
  readonly values: readonly number[];
}

export interface CalibrationMeters {
  /** Call when the track's features hold a new measurement. */
  push(subject: Subject): void;
  values(): readonly CalibrationValues[];
}

/** A track's features, and when they were measured. */
export interface MeteredTrack {
  readonly subject: Subject;
  readonly features: object;
  timeSeconds(): number;
}

/** What is measured of pictures on demand costs more than the rest of the scan, and neighbours are alike. */
const pictureIntervalSeconds = 0.25;

interface Meter {
  readonly subject: Subject;
  add(timeSeconds: number): void;
  result(): CalibrationValues;
}

/** Takes down what the detectors are calibrated by, on each track that they watch. */
export function openCalibrationMeters(
  detectors: readonly AnyDetector[],
  tracks: readonly MeteredTrack[],
): CalibrationMeters {
  const watched = tracks.map((track) => ({
    track,
    meters: detectors
      .filter(({ media }) => media === track.subject.media)
      .flatMap((detector) => (detector.calibration ? [openMeter(detector, detector.calibration, track)] : [])),
  }));
  return {
    push(subject) {
      for (const { track, meters } of watched) {
        if (track.subject.media !== subject.media || track.subject.track !== subject.track) continue;
        for (const meter of meters) meter.add(track.timeSeconds());
      }
    },
    values: () => watched.flatMap(({ meters }) => meters.map((meter) => meter.result())),
  };
}

function openMeter(
  { id, needs }: AnyDetector,
  { per, open }: Pick<Calibration<never, unknown>, "per" | "open">,
  { subject, features }: MeteredTrack,
): Meter {
  // The features are those of the detector's medium, and no others than it declared.
  const measure = open() as (input: unknown) => number;
  const input = pick(features, needs);
  const values: number[] = [];
  let second = Number.NaN;
  let sum = 0;
  let count = 0;
  let latest = Number.NaN;
  const intervalSeconds = subject.media === "video" ? pictureIntervalSeconds : 0;
  let measuredAt = Number.NEGATIVE_INFINITY;

  function endSecond(): void {
    if (count > 0) values.push(sum / count);
    sum = 0;
    count = 0;
  }

  return {
    subject,
    add(timeSeconds) {
      if (Math.abs(timeSeconds - measuredAt) < intervalSeconds) return;
      measuredAt = timeSeconds;
      if (per === "second" && Math.floor(timeSeconds) !== second) {
        endSecond();
        second = Math.floor(timeSeconds);
      }
      const value = measure(input);
      if (!Number.isFinite(value)) return;
      latest = value;
      sum += value;
      count += 1;
    },
    result() {
      if (per === "second") endSecond();
      else if (Number.isFinite(latest)) values.push(latest);
      return { detector: id, subject, values };
    },
  };
}
