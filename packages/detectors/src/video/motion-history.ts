import type { MotionFeature } from "@glasswatch/core/features";

/** How the picture moved up to the moment at which it came to stand still, in code values. */
export interface Onset {
  /** The still picture replaced another at once. */
  readonly cut: boolean;
  /** Mean difference over the last moving pictures. */
  readonly meanBefore: number;
  /** What one block in ten exceeded in every one of the last moving pictures. */
  readonly leastUpper: number;
}

export interface MotionHistory {
  add(timeSeconds: number, motion: MotionFeature): void;
  /** Looks back from the first of the still pictures; undefined where too little is known of what went before. */
  onsetAt(timeSeconds: number): Onset | undefined;
}

const kept = 16;
const looksBack = 6;
/** Animation is drawn on twos and threes: fewer pictures might all be repeats. */
const averaged = 4;

export function openMotionHistory(): MotionHistory {
  const times = new Float64Array(kept).fill(Number.NaN);
  const means = new Float64Array(kept);
  const uppers = new Float64Array(kept);
  let count = 0;

  return {
    add(timeSeconds, { meanDifference, upperDifference }) {
      const at = count++ % kept;
      times[at] = timeSeconds;
      means[at] = meanDifference;
      uppers[at] = upperDifference;
    },
    onsetAt(timeSeconds) {
      const at = times.indexOf(timeSeconds);
      if (at < 0 || Number.isNaN(times[(at - looksBack + kept) % kept])) return undefined;
      const last = means[at] as number;
      let meanBefore = last / averaged;
      let mostBefore = 0;
      let leastUpper = uppers[at] as number;
      for (let back = 1; back < looksBack; back++) {
        const entry = (at - back + kept) % kept;
        const mean = means[entry] as number;
        if (back < averaged) meanBefore += mean / averaged;
        mostBefore = Math.max(mostBefore, mean);
        leastUpper = Math.min(leastUpper, uppers[entry] as number);
      }
      return { cut: last > 2 * mostBefore + 4, meanBefore, leastUpper };
    },
  };
}
