import type { Area } from "@glasswatch/core/finding";

/** An area that is being seen, with pictures in between that show none. */
export interface Sighting {
  readonly area: Area;
  /** Since the picture that brought it. */
  readonly sinceSeconds: number;
}

export interface AreaSightings {
  /**
   * @param change mean difference to the picture before
   * @param area undefined where the picture does not tell
   * @returns what is being seen, where this picture shows it
   */
  add(timeSeconds: number, change: number, area: Area | undefined): Sighting | undefined;
  readonly latest: Area | undefined;
}

/** A change this much smaller than the largest may still be the one, if it came later. */
const nearLargest = 0.7;

/**
 * Follows what pictures show. Where the first that tells comes some time after the last that told otherwise, the change
 * was at the picture in between that differs most from its predecessor.
 *
 * @param glimpseSeconds what is seen for less does not end the sighting before it
 */
export function openAreaSightings(isSame: (a: Area, b: Area) => boolean, glimpseSeconds: number): AreaSightings {
  let before: Sighting | undefined;
  let current: Sighting | undefined;
  let changedAt = 0;
  let largest = -1;

  return {
    get latest() {
      return current?.area;
    },
    add(timeSeconds, change, area) {
      if (change >= nearLargest * largest) {
        changedAt = timeSeconds;
        largest = Math.max(largest, change);
      }
      if (!area) return undefined;
      if (!current || !isSame(current.area, area)) {
        const glimpse = current !== undefined && timeSeconds - current.sinceSeconds < glimpseSeconds;
        if (glimpse && before && isSame(before.area, area)) current = before;
        else {
          if (!glimpse) before = current;
          current = { area, sinceSeconds: changedAt };
        }
      }
      largest = -1;
      return current;
    },
  };
}
