/** Two seconds at 25 pictures a second. */
const rememberedIntervals = 50;

/** Containers round to whole milliseconds, so an interval may err by one on either side. */
export const roundingSeconds = 0.002;

/** Share of intervals that may be odd in a track of constant rate. */
const oddShare = 0.1;

/** Fewer intervals tell nothing of a track's cadence. */
const leastIntervals = 8;

/** How far an interval may be from a whole number of usual ones, as a share of those. */
const oddUnits = 0.15;

/** The latest times from picture to picture. */
export interface Cadence {
  add(intervalSeconds: number): void;
  /** The usual interval; undefined where the rate is variable or not enough was seen to tell. */
  usualSeconds(): number | undefined;
}

export function createCadence(): Cadence {
  const intervals = new Float64Array(rememberedIntervals);
  let count = 0;

  /** Lost pictures leave whole multiples of the usual interval; a variable rate leaves anything. */
  function isOdd(intervalSeconds: number, usualSeconds: number): boolean {
    const units = Math.max(1, Math.round(intervalSeconds / usualSeconds));
    return Math.abs(intervalSeconds - units * usualSeconds) > oddUnits * usualSeconds + roundingSeconds;
  }

  return {
    add(intervalSeconds) {
      intervals[count % rememberedIntervals] = intervalSeconds;
      count++;
    },
    usualSeconds() {
      if (count < leastIntervals) return undefined;
      const known = intervals.subarray(0, Math.min(count, rememberedIntervals));
      const usual = known.toSorted()[known.length >> 1] ?? 0;
      let odd = 0;
      for (const interval of known) if (isOdd(interval, usual)) odd++;
      return odd > oddShare * known.length ? undefined : usual;
    },
  };
}
