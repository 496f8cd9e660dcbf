import type { Series } from "@glasswatch/core/series";

export interface SeriesRecorder {
  add(timeSeconds: number, value: number): void;
  toSeries(): Series;
}

export type SeriesLabel = Pick<Series, "name" | "unit" | "media" | "track">;

/** As many steps as a wide screen has pixels: a plot shows no more. */
const capacity = 2400;
const finestStepSeconds = 0.04;

/**
 * The extremes of a measurement over time, in bounded memory: when the steps run out, neighbours are joined and every
 * step becomes twice as long.
 */
export function openSeriesRecorder(label: SeriesLabel): SeriesRecorder {
  // A step without media holds what the first value replaces.
  const minimum = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
  const maximum = new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY);
  let stepSeconds = finestStepSeconds;
  let used = 0;

  function joinNeighbours(): void {
    for (let i = 0; i < capacity / 2; i++) {
      minimum[i] = Math.min(minimum[2 * i] as number, minimum[2 * i + 1] as number);
      maximum[i] = Math.max(maximum[2 * i] as number, maximum[2 * i + 1] as number);
    }
    minimum.fill(Number.POSITIVE_INFINITY, capacity / 2);
    maximum.fill(Number.NEGATIVE_INFINITY, capacity / 2);
    stepSeconds *= 2;
    used = Math.ceil(used / 2);
  }

  return {
    add(timeSeconds, value) {
      if (!Number.isFinite(value) || timeSeconds < 0) return;
      while (timeSeconds >= capacity * stepSeconds) joinNeighbours();
      const step = Math.floor(timeSeconds / stepSeconds);
      minimum[step] = Math.min(minimum[step] as number, value);
      maximum[step] = Math.max(maximum[step] as number, value);
      used = Math.max(used, step + 1);
    },
    toSeries: () => ({
      ...label,
      stepSeconds,
      minimum: Array.from(minimum.subarray(0, used), orNull),
      maximum: Array.from(maximum.subarray(0, used), orNull),
    }),
  };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null;
}
