import type { FrameFeature, MotionFeature } from "@glasswatch/core/video-features";
import { sparseSeconds } from "./arrival.ts";
import { steadyBelow } from "./jump-finder.ts";

/** Steps at even distances that are larger than those around them. */
export interface FoldedJumps {
  readonly startSeconds: number;
  readonly lastSeconds: number;
  readonly jumps: number;
}

/**
 * Finds pictures that are missing at even distances where motion hides each of them: what one step exceeds those around it by
 * says little, the median of all that lie a period apart says much.
 */
export interface StepFold {
  /** @returns what the last seconds have, once in 50 pictures; undefined between, and where they have nothing */
  add(frame: FrameFeature, motion: MotionFeature): FoldedJumps | undefined;
  forget(): void;
}

const windowSeconds = 10;
/** A power of two, for 10 s at 60 pictures a second and more. */
const kept = 1024;
const everyPictures = 50;
const around = 3;
/** Slower motion has steps that encoders shape as much as the motion does; mean difference, code values. */
const leastStep = 0.5;
/** Of the median around: with a cut nearby, and farther out than two missing pictures lead, nothing is said. */
const largestAround = 3;
const largestStep = 3.3;
/** The third-largest block says how far things moved, up to here. */
const mostPeak = 50;
/** Encoders shape the pictures next to the beginning of a group. */
const fromKey = 2;
const shortestPeriod = 4;
const longestPeriod = 50;
const fewestUsable = 60;
const fewestJumps = 10;
const usableShare = 0.5;
/**
 * Natural logarithm of the excess. Measured where one or two pictures in six to twenty were missing: medians of 0.29 to 0.6
 * at 7.5 to 25 standard errors, where next to no motion was steady at less; elsewhere up to 3.1.
 */
const leastExcess = 0.25;
const leastErrors = 6;
/** Medians cost much, means little: of the errors that are asked for. */
const worthALook = 0.6;
/** Where motion hardly varies, so much is still left to chance. */
const chance = 0.03;

export function openStepFold(): StepFold {
  const times = new Float64Array(kept);
  const steps = new Float64Array(kept);
  const peaks = new Float64Array(kept);
  const keys = new Uint8Array(kept);
  const excesses = new Float64Array(kept);
  const near = new Float64Array(2 * around);
  let count = 0;
  let lastSeconds = Number.NaN;

  const slot = (index: number) => index & (kept - 1);
  const excessOf = (index: number) => excesses[slot(index)] as number;

  /** Leaves those around sorted in `near`. */
  function usualAround(values: Float64Array, index: number): number {
    for (let by = 1; by <= around; by++) {
      near[by - 1] = values[slot(index - by)] as number;
      near[around + by - 1] = values[slot(index + by)] as number;
    }
    return medianOf(near.sort());
  }

  /** Of a picture that has enough others on both sides; not a number where nothing can be said. */
  function excessAround(index: number): number {
    for (let by = -fromKey; by <= fromKey; by++) if (keys[slot(index + by)] === 1) return Number.NaN;
    const usual = usualAround(steps, index);
    const step = steps[slot(index)] as number;
    if (usual < leastStep || (near[0] as number) < steadyBelow * usual) return Number.NaN;
    if ((near[2 * around - 1] as number) > largestAround * usual || step > largestStep * usual) return Number.NaN;
    // What encoders shape shows where next to nothing moves, missing pictures show where most does.
    const usualPeak = usualAround(peaks, index);
    const peakRatio = usualPeak < mostPeak ? (peaks[slot(index)] as number) / usualPeak : largestStep;
    return Math.log(Math.max(steadyBelow, Math.min(step / usual, peakRatio)));
  }

  function usableFrom(first: number, end: number, period: number): number[] {
    const usable: number[] = [];
    for (let index = first; index < end; index += period) if (!Number.isNaN(excessOf(index))) usable.push(index);
    return usable;
  }

  /** How far the mean lies above the usual excess, in standard errors. */
  function errorsOfMean(first: number, end: number, period: number, usual: number, spread: number): number {
    let sum = 0;
    let usable = 0;
    for (let index = first; index < end; index += period) {
      const excess = excessOf(index);
      if (Number.isNaN(excess)) continue;
      sum += excess - usual;
      usable++;
    }
    return usable < fewestJumps ? 0 : sum / Math.sqrt(usable) / spread;
  }

  function fold(first: number, end: number): FoldedJumps | undefined {
    const all = Float64Array.from(usableFrom(first, end, 1), excessOf).sort();
    if (all.length < fewestUsable) return undefined;
    const usual = medianOf(all);
    const spread = 1.4826 * medianOf(all.map((excess) => Math.abs(excess - usual)).sort()) + chance;
    let most = leastErrors;
    let best: readonly number[] = [];
    const longest = Math.min(longestPeriod, (end - first) / fewestJumps);
    for (let period = shortestPeriod; period <= longest; period++) {
      for (let phase = 0; phase < period; phase++) {
        if (errorsOfMean(first + phase, end, period, usual, spread) < worthALook * most) continue;
        const members = usableFrom(first + phase, end, period);
        if (members.length < (usableShare * (end - first)) / period) continue;
        const excess = medianOf(Float64Array.from(members, excessOf).sort()) - usual;
        const errors = (excess * Math.sqrt(members.length)) / spread;
        if (excess < leastExcess || errors <= most) continue;
        most = errors;
        best = inARow(members, (index) => excessOf(index) - usual >= excess / 2);
      }
    }
    if (best.length === 0) return undefined;
    const at = (index: number) => times[slot(index)] as number;
    return { startSeconds: at(best[0] as number), lastSeconds: at(best.at(-1) as number), jumps: best.length };
  }

  return {
    add({ timeSeconds, keyFrame }, { meanDifference, peakDifference }) {
      if (!(timeSeconds - lastSeconds <= sparseSeconds)) count = 0;
      lastSeconds = timeSeconds;
      times[slot(count)] = timeSeconds;
      steps[slot(count)] = meanDifference;
      peaks[slot(count)] = peakDifference;
      keys[slot(count)] = keyFrame ? 1 : 0;
      const judged = count++ - around;
      if (judged < 0) return undefined;
      excesses[slot(judged)] = judged < around ? Number.NaN : excessAround(judged);
      if (count % everyPictures !== 0) return undefined;
      let first = judged;
      const earliest = Math.max(0, count - kept);
      while (first > earliest && timeSeconds - (times[slot(first - 1)] as number) <= windowSeconds) first--;
      return fold(first, judged + 1);
    },
    forget() {
      count = 0;
    },
  };
}

/** From the first two in a row to the last two: one alone may be large by chance. */
function inARow(indexes: readonly number[], isLarge: (index: number) => boolean): readonly number[] {
  const isPair = (index: number, at: number) => at > 0 && isLarge(index) && isLarge(indexes[at - 1] as number);
  const second = indexes.findIndex(isPair);
  return second < 0 ? [] : indexes.slice(second - 1, indexes.findLastIndex(isPair) + 1).filter(isLarge);
}

function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
