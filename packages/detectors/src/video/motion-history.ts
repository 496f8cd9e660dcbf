import type { VideoFeatures } from "@glasswatch/core/video-features";
import { sparseSeconds } from "./arrival.ts";

/** How the picture moved up to the moment at which it came to stand still, in code values. */
export interface Onset {
  /** The still picture replaced another at once. */
  readonly cut: boolean;
  /** The last moving pictures did not move but got brighter or darker: a fade ended. */
  readonly faded: boolean;
  /** Mean difference over the last moving pictures. */
  readonly meanBefore: number;
  /** The largest peak difference of the last three moving pictures. */
  readonly peakBefore: number;
  /** The peak difference to the very last, also where animation repeats every other picture. */
  readonly lastPeak: number;
  /** The mean difference to the very last, likewise. */
  readonly lastMean: number;
}

export interface MotionHistory {
  add(features: Pick<VideoFeatures, "frame" | "luma" | "motion">): void;
  /**
   * Looks back from the first of the still pictures; undefined where too little is known of what went before, or what is
   * known is too far apart to have seen the picture stop.
   */
  onsetAt(timeSeconds: number): Onset | undefined;
}

const kept = 16;
const looksBack = 6;
/** Where encoders see a cut they begin a group of pictures; one that begins by chance is no farther from the one before it. */
const keyedCutRatio = 1.3;
/** In a fade, the level moves by what the pictures differ by; in motion, by a small part of it. */
const fadeRatio = 0.7;
/** Slower than this, code values a picture, a level drifts with the light of the scene. */
const fadeStep = 1;
/** Animation is drawn on twos and threes: fewer pictures might all be repeats. */
const averaged = 4;

export function openMotionHistory(): MotionHistory {
  const times = new Float64Array(kept).fill(Number.NaN);
  const means = new Float64Array(kept);
  const peaks = new Float64Array(kept);
  const levels = new Float64Array(kept);
  const keys = new Uint8Array(kept);
  let count = 0;
  let lastSeconds = Number.NaN;

  return {
    add({ frame: { timeSeconds, keyFrame }, luma, motion: { meanDifference, peakDifference } }) {
      // What lies before a long gap is no part of the motion after it.
      if (timeSeconds - lastSeconds > sparseSeconds) times.fill(Number.NaN);
      lastSeconds = timeSeconds;
      const at = count++ % kept;
      times[at] = timeSeconds;
      means[at] = meanDifference;
      peaks[at] = peakDifference;
      levels[at] = luma.mean;
      keys[at] = keyFrame ? 1 : 0;
    },
    onsetAt(timeSeconds) {
      const at = times.indexOf(timeSeconds);
      if (at < 0 || Number.isNaN(times[(at - looksBack + kept) % kept])) return undefined;
      const last = means[at] as number;
      let meanBefore = last / averaged;
      let mostBefore = 0;
      let meanOfOthers = 0;
      for (let back = 1; back < looksBack; back++) {
        const mean = means[(at - back + kept) % kept] as number;
        if (back < averaged) meanBefore += mean / averaged;
        meanOfOthers += mean / (looksBack - 1);
        mostBefore = Math.max(mostBefore, mean);
      }
      const levelStep = Math.abs((levels[at] as number) - (levels[(at - averaged + kept) % kept] as number));
      const peak = peaks[at] as number;
      const peakBefore = largestOfTwo(peaks, at);
      return {
        cut: last > 2 * mostBefore + 4 || (keys[at] === 1 && last > keyedCutRatio * meanOfOthers + 4),
        faded: levelStep >= averaged * Math.max(fadeStep, fadeRatio * meanBefore),
        meanBefore,
        peakBefore: Math.max(peak, peakBefore),
        lastPeak: Math.min(peak, peakBefore),
        lastMean: Math.min(last, largestOfTwo(means, at)),
      };
    },
  };
}

/** Of the two entries before `at`. */
function largestOfTwo(values: Float64Array, at: number): number {
  return Math.max(values[(at - 1 + kept) % kept] as number, values[(at - 2 + kept) % kept] as number);
}
