import type { TimedOffset } from "./drift-line.ts";
import { median } from "./statistics.ts";
import type { ExactPeak, Peak, WindowMatch } from "./window-match.ts";

/** A window of the reference and where it was found. Times are those of its middle. */
export interface Measured extends ExactPeak, TimedOffset {
  readonly match: WindowMatch;
  readonly coarse: Peak;
}

/** Windows in a row with one delay, but for drift. */
export interface Run {
  readonly windows: readonly Measured[];
}

export interface RunLimits {
  readonly toleranceSeconds: number;
  readonly leastStepSeconds: number;
}

const fewestWindows = 4;
/** A window that fits so much worse than the others of its run reaches over an edit. */
const wholeScoreShare = 0.6;
/** A correlation that chance does not reach in windows of some seconds. */
const leastScore = 0.5;
const nearest = 5;

/** Cuts the windows into runs; what agrees with none of its neighbours is left out. */
export function runsOf(windows: readonly Measured[], limits: RunLimits): readonly Run[] {
  let runs: Measured[][] = [];
  for (const window of windows) {
    const last = runs.at(-1);
    if (last && Math.abs(window.offsetSeconds - endOf(last)) <= limits.toleranceSeconds) last.push(window);
    else runs.push([window]);
  }
  runs = merged(
    runs
      .map(wholeWindows)
      .filter((run) => run.length >= fewestWindows && median(run.map(({ score }) => score)) >= leastScore),
    limits,
  );
  return runs.map((own) => ({ windows: own }));
}

function wholeWindows(run: readonly Measured[]): Measured[] {
  const usual = median(run.map(({ score }) => score));
  return run.filter(({ score }) => score >= wholeScoreShare * usual);
}

/** Joins runs that lie apart and have one delay. */
function merged(runs: readonly Measured[][], { leastStepSeconds }: RunLimits): Measured[][] {
  const joined: Measured[][] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && Math.abs(startOf(run) - endOf(last)) < leastStepSeconds) last.push(...run);
    else joined.push([...run]);
  }
  return joined;
}

function endOf(run: readonly Measured[]): number {
  return median(run.slice(-nearest).map(({ offsetSeconds }) => offsetSeconds));
}

function startOf(run: readonly Measured[]): number {
  return median(run.slice(0, nearest).map(({ offsetSeconds }) => offsetSeconds));
}
