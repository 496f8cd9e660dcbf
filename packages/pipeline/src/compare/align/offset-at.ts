import type { Drift } from "./drift-line.ts";
import type { Run } from "./runs.ts";
import { weightedMedian } from "./statistics.ts";
import type { TrackMap } from "./track-map.ts";

/** A drift that is smaller than so many of its standard errors is taken for none. */
const significance = 4;
/** Clocks are off by 100 ppm at most, and pull-down (1001/1000) by 1000: more is the scatter of too few windows. */
const mostSlope = 0.002;

/** A run's delay as a line over the reference's time. */
export interface RunLine {
  /** Of the windows' beginnings and ends, seconds of the reference. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Delay at a time of the reference. */
  at(timeSeconds: number): number;
}

export function isSignificant(slope: number, { error }: Drift): boolean {
  return Math.abs(slope) > significance * error && Math.abs(slope) <= mostSlope;
}

/** Seconds of delay gained a second. */
export function slopeOf({ slope, drift }: TrackMap): number {
  return slope ?? (drift && isSignificant(drift.slope, drift) ? drift.slope : 0);
}

export function runLines(map: TrackMap): readonly RunLine[] {
  const slope = slopeOf(map);
  return map.runs.map((run) => lineOf(run, slope));
}

function lineOf({ windows }: Run, slope: number): RunLine {
  const level = weightedMedian(
    windows.map(({ timeSeconds, offsetSeconds, weight }) => ({ value: offsetSeconds - slope * timeSeconds, weight })),
  );
  return {
    fromSeconds: windows[0]?.match.fromSeconds ?? 0,
    toSeconds: windows.at(-1)?.match.toSeconds ?? 0,
    at: (timeSeconds) => level + slope * timeSeconds,
  };
}
