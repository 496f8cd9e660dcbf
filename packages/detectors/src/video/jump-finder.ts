import type { FrameFeature, MotionFeature } from "@glasswatch/core/video-features";
import { sparseSeconds } from "./arrival.ts";

/** A picture that is farther from the one before than steady motion around it would have it. */
export interface Jump {
  readonly timeSeconds: number;
  /** The clock leaves room for the missing pictures. */
  readonly hasGap: boolean;
}

/** Finds single steps that are too large, three pictures after they were seen. */
export interface JumpFinder {
  /** Undefined where the picture three before this one is no jump. */
  add(frame: FrameFeature, motion: MotionFeature): Jump | undefined;
  /** The picture three before the latest lay in steady motion, so that a jump would have shown. */
  readonly isSteady: boolean;
}

const around = 3;
const kept = 2 * around + 1;
/** Slower motion has steps that encoders shape as much as the motion does; mean difference, code values. */
const leastStep = 1;
/** Steady: no other step is above this share of the median of the six, or below that, as those are that repeats leave. */
const steadyAbove = 1.4;
export const steadyBelow = 0.5;
/** Measured where one picture was missing: 1.2 to 1.9 of the largest step around, 1.3 to 2 of the median. */
const leastOverLargest = 1.2;
const leastOverMedian = 1.3;
/** Farther apart are two shots, or a flash. */
const mostOverLargest = 3;
/** Also in the busiest tenth of the picture, or something came in. */
const leastUpperOverLargest = 1.1;
/** In units of a picture's length. */
const leastGap = 1.6;
const mostGap = 6.4;

export function openJumpFinder(): JumpFinder {
  const steps = new Float64Array(kept);
  const uppers = new Float64Array(kept);
  const times = new Float64Array(kept);
  const gaps = new Float64Array(kept);
  const keys = new Uint8Array(kept);
  const ordered = new Float64Array(2 * around);
  let count = 0;
  let lastSeconds = Number.NaN;
  let isSteady = false;

  function largestAround(values: Float64Array, middle: number): number {
    let largest = 0;
    for (let at = 0; at < kept; at++) if (at !== middle) largest = Math.max(largest, values[at] as number);
    return largest;
  }

  function medianAround(middle: number): number {
    for (let at = 0, to = 0; at < kept; at++) if (at !== middle) ordered[to++] = steps[at] as number;
    ordered.sort();
    return ((ordered[around - 1] as number) + (ordered[around] as number)) / 2;
  }

  function judge(middle: number): boolean {
    const median = medianAround(middle);
    const largest = ordered[2 * around - 1] as number;
    const smallest = ordered[0] as number;
    isSteady = median >= leastStep && largest <= steadyAbove * median && smallest >= steadyBelow * median;
    if (!isSteady || keys[middle] === 1) return false;
    const step = steps[middle] as number;
    const upper = (uppers[middle] as number) / largestAround(uppers, middle);
    const hasGap = (gaps[middle] as number) >= leastGap;
    if (step > mostOverLargest * largest) return false;
    if (hasGap) return step >= largest;
    return step >= leastOverLargest * largest && step >= leastOverMedian * median && upper >= leastUpperOverLargest;
  }

  return {
    add({ timeSeconds, durationSeconds, keyFrame }, { meanDifference, upperDifference }) {
      isSteady = false;
      const elapsed = timeSeconds - lastSeconds;
      lastSeconds = timeSeconds;
      if (!(elapsed <= sparseSeconds)) {
        count = 0;
        return undefined;
      }
      const at = count++ % kept;
      steps[at] = meanDifference;
      uppers[at] = upperDifference;
      times[at] = timeSeconds;
      gaps[at] = elapsed / durationSeconds > mostGap ? 0 : elapsed / durationSeconds;
      keys[at] = keyFrame ? 1 : 0;
      if (count < kept) return undefined;
      const middle = (at + kept - around) % kept;
      if (!judge(middle)) return undefined;
      const hasGap = (gaps[middle] as number) >= leastGap;
      return { timeSeconds: times[middle] as number, hasGap };
    },
    get isSteady() {
      return isSteady;
    },
  };
}
