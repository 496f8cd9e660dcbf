import type { MeasuredLevel } from "@glasswatch/core/events/stream-measured";
import type { SeriesLabel } from "../series-recorder.ts";
import type { Recorder } from "../track-analysis.ts";

/** A measurement of which only minimum, mean and maximum are kept, and these only until they are taken. */
export interface LevelRecorder extends Recorder {
  /** Undefined where there was nothing to measure since the last time. */
  take(): MeasuredLevel | undefined;
}

export function openLevelRecorder(label: SeriesLabel): LevelRecorder {
  let count = 0;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;

  return {
    add(_, value) {
      if (!Number.isFinite(value)) return;
      count++;
      sum += value;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    },
    take() {
      if (count === 0) return undefined;
      const { name, unit, media, track } = label;
      const level = { name, unit, media, track, minimum: rounded(minimum), mean: rounded(sum / count) };
      const taken = { ...level, maximum: rounded(maximum) };
      count = 0;
      sum = 0;
      minimum = Number.POSITIVE_INFINITY;
      maximum = Number.NEGATIVE_INFINITY;
      return taken;
    },
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
