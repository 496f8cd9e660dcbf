import type { Outliers } from "@glasswatch/core/video-features";

/** A place that stood out of the picture in shot after shot. */
export interface StuckPoint {
  readonly x: number;
  readonly y: number;
  readonly brighter: boolean;
  readonly sinceSeconds: number;
  /** Shots that showed it, and those in which it was looked for. */
  hits: number;
  shots: number;
}

export interface StuckPoints {
  add(timeSeconds: number, outliers: Outliers): void;
  /** Those that were shown by so many shots, over so long. */
  stuck(leastShots: number, leastSeconds: number): readonly StuckPoint[];
}

/** Coding moves a point by one sample. */
const drift = 1;
/** A bright point does not show on white; what shows in fewer shots than this is part of the pictures. */
const leastShare = 0.6;
/** Graphics have many corners and dots, and a stuck pixel stands alone; samples. */
const company = 24;
/** A sky of stars, rain or noise tells nothing. */
const mostOutliers = 64;

export function openStuckPoints(): StuckPoints {
  let points: StuckPoint[] = [];
  let lastSeconds = 0;

  function take(timeSeconds: number, x: number, y: number, brighter: boolean): void {
    const known = points.find(
      (point) => point.brighter === brighter && Math.abs(point.x - x) <= drift && Math.abs(point.y - y) <= drift,
    );
    if (known) known.hits = Math.min(known.shots, known.hits + 1);
    else points.push({ x, y, brighter, sinceSeconds: timeSeconds, hits: 1, shots: 1 });
  }

  function isAlone(point: StuckPoint, among: readonly StuckPoint[]): boolean {
    return !among.some(
      (other) => other !== point && Math.abs(other.x - point.x) <= company && Math.abs(other.y - point.y) <= company,
    );
  }

  return {
    add(timeSeconds, { count, x, y, brighter }) {
      if (count > mostOutliers) return;
      lastSeconds = timeSeconds;
      for (const point of points) point.shots++;
      for (let index = 0; index < count; index++) {
        take(timeSeconds, x[index] as number, y[index] as number, brighter[index] === 1);
      }
      points = points.filter(({ hits, shots }) => shots < 3 || hits >= leastShare * shots);
    },
    stuck(leastShots, leastSeconds) {
      const lasting = points.filter(({ hits, shots }) => hits >= 2 && hits >= leastShare * shots);
      return lasting.filter(
        (point) =>
          point.hits >= leastShots && lastSeconds - point.sinceSeconds >= leastSeconds && isAlone(point, lasting),
      );
    },
  };
}
