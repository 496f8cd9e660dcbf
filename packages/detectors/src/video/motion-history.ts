import type { MotionFeature } from "@glasswatch/core/features";

/** How the picture moved up to the moment at which it came to stand still. */
export interface Onset {
  /** The still picture replaced another at once. */
  readonly cut: boolean;
  /** What one block in ten moved by at least, in all of the last pictures, in code values. */
  readonly leastUpper: number;
}

export interface MotionHistory {
  add(timeSeconds: number, motion: MotionFeature): void;
  /** Looks back from the picture shown at `timeSeconds`. Nothing is known of what lies farther back than a second or so. */
  onsetAt(timeSeconds: number): Onset;
}

const kept = 16;
const looksBack = 6;
const unknown: Onset = { cut: false, leastUpper: 0 };

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
      if (at < 0 || count <= looksBack + 2) return unknown;
      let leastUpper = uppers[at] as number;
      let mostMean = 0;
      for (let back = 1; back < looksBack; back++) {
        const entry = (at - back + kept) % kept;
        leastUpper = Math.min(leastUpper, uppers[entry] as number);
        mostMean = Math.max(mostMean, means[entry] as number);
      }
      return { cut: (means[at] as number) > 2 * mostMean + 4, leastUpper };
    },
  };
}
