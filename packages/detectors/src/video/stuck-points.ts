import type { Outliers } from "@glasswatch/core/video-features";

/** A place that stood out of the picture in shot after shot. */
export interface StuckPoint {
  readonly x: number;
  readonly y: number;
  readonly brighter: boolean;
  readonly sinceSeconds: number;
  untilSeconds: number;
  /** Pictures that showed it, and those that should have. */
  hits: number;
  chances: number;
  /** What was around it when it showed first, and whether it has since shown where that was of other luma. */
  readonly firstLuma: number;
  hasOtherSurroundings: boolean;
}

/** What is around a point: mean and standard deviation of luma, code values. */
export interface Surroundings {
  readonly luma: number;
  readonly deviation: number;
}

export interface StuckPoints {
  /** Takes a picture of another shot. */
  add(timeSeconds: number, outliers: Outliers, around: (x: number, y: number) => Surroundings): void;
  /** Those that were shown by so many shots, over so long. */
  stuck(leastShots: number, leastSeconds: number): readonly StuckPoint[];
}

/** Coding moves a point by one sample. */
const drift = 1;
/** What shows in fewer of the pictures that should show it is part of the pictures. */
const leastShare = 0.6;
/** A point is lost in detail, and a bright one on what is bright: such pictures do not speak against it. */
const calmDeviation = 4;
const darkest = 60;
const brightest = 180;
/** A scene that comes back has the same around the point; code values. */
const otherLuma = 6;
/** Graphics have many corners and dots, and a stuck pixel stands alone; samples. */
const company = 24;
/** A sky of stars, rain or noise tells nothing. */
const mostOutliers = 64;
/** What has not shown for so long is forgotten. */
const forgottenSeconds = 300;

export function openStuckPoints(): StuckPoints {
  let points: StuckPoint[] = [];

  function take(timeSeconds: number, x: number, y: number, brighter: boolean, { luma }: Surroundings): void {
    const known = points.find(
      (point) => point.brighter === brighter && Math.abs(point.x - x) <= drift && Math.abs(point.y - y) <= drift,
    );
    if (!known) {
      const seen = { sinceSeconds: timeSeconds, untilSeconds: timeSeconds, hits: 1, chances: 1 };
      points.push({ x, y, brighter, ...seen, firstLuma: luma, hasOtherSurroundings: false });
      return;
    }
    if (known.untilSeconds === timeSeconds) return;
    known.untilSeconds = timeSeconds;
    known.hits++;
    known.chances++;
    known.hasOtherSurroundings ||= Math.abs(known.firstLuma - luma) >= otherLuma;
  }

  function wouldShow({ brighter }: StuckPoint, { luma, deviation }: Surroundings): boolean {
    return deviation <= calmDeviation && (brighter ? luma <= brightest : luma >= darkest);
  }

  function isAlone(point: StuckPoint, among: readonly StuckPoint[]): boolean {
    return !among.some(
      (other) => other !== point && Math.abs(other.x - point.x) <= company && Math.abs(other.y - point.y) <= company,
    );
  }

  return {
    add(timeSeconds, { count, x, y, brighter }, around) {
      if (count > mostOutliers) return;
      for (let index = 0; index < count; index++) {
        const column = x[index] as number;
        const row = y[index] as number;
        take(timeSeconds, column, row, brighter[index] === 1, around(column, row));
      }
      for (const point of points) {
        if (point.untilSeconds !== timeSeconds && wouldShow(point, around(point.x, point.y))) point.chances++;
      }
      points = points.filter(
        ({ hits, chances, untilSeconds }) =>
          (chances < 3 || hits >= leastShare * chances) && timeSeconds - untilSeconds <= forgottenSeconds,
      );
    },
    stuck(leastShots, leastSeconds) {
      const lasting = points.filter(({ hits, chances }) => hits >= 2 && hits >= leastShare * chances);
      return lasting.filter(
        (point) =>
          point.hits >= leastShots &&
          point.hasOtherSurroundings &&
          point.untilSeconds - point.sinceSeconds >= leastSeconds &&
          isAlone(point, lasting),
      );
    },
  };
}
