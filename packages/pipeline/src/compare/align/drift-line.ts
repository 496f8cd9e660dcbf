import { median, robustDeviation } from "./statistics.ts";

export interface TimedOffset {
  readonly timeSeconds: number;
  readonly offsetSeconds: number;
}

export interface Drift {
  /** Seconds of delay gained a second. */
  readonly slope: number;
  /** Standard error of the slope. */
  readonly error: number;
}

export interface Exactness {
  /** No offset is more exact than this, however well they agree. */
  readonly leastDeviationSeconds: number;
  /** So many neighbouring offsets were measured on the same material, and err together. */
  readonly overlap: number;
}

/** Offsets nearer to each other than this say little about the slope between them. */
const leastApartSeconds = 1;
const mostPairs = 20_000;

/** The slope that all runs have in common: the median of the slopes between pairs of offsets of one run (Theil–Sen). */
export function driftOf(runs: readonly (readonly TimedOffset[])[], exactness: Exactness): Drift | undefined {
  const slopes: number[] = [];
  const count = runs.reduce((sum, run) => sum + run.length, 0);
  const stride = Math.max(1, Math.ceil((count * count) / 2 / mostPairs));
  let pair = 0;
  for (const run of runs) {
    for (let i = 0; i < run.length; i++) {
      for (let j = i + 1; j < run.length; j++) {
        pair++;
        if (pair % stride !== 0) continue;
        const [a, b] = [run[i] as TimedOffset, run[j] as TimedOffset];
        const apart = b.timeSeconds - a.timeSeconds;
        if (apart >= leastApartSeconds) slopes.push((b.offsetSeconds - a.offsetSeconds) / apart);
      }
    }
  }
  if (slopes.length === 0) return undefined;
  const slope = median(slopes);
  return { slope, error: errorOf(runs, slope, exactness) };
}

/** Of a least-squares line with the deviations found. */
function errorOf(
  runs: readonly (readonly TimedOffset[])[],
  slope: number,
  { leastDeviationSeconds, overlap }: Exactness,
): number {
  let spread = 0;
  const rests: number[] = [];
  for (const run of runs) {
    const middle = median(run.map(({ timeSeconds }) => timeSeconds));
    const level = median(run.map(({ timeSeconds, offsetSeconds }) => offsetSeconds - slope * (timeSeconds - middle)));
    for (const { timeSeconds, offsetSeconds } of run) {
      spread += (timeSeconds - middle) ** 2;
      rests.push(offsetSeconds - slope * (timeSeconds - middle) - level);
    }
  }
  if (spread === 0) return Number.POSITIVE_INFINITY;
  return Math.max(leastDeviationSeconds, robustDeviation(rests)) / Math.sqrt(spread / overlap);
}
