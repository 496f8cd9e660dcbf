import type { Area } from "@glasswatch/core/finding";
import type { LitProfile } from "@glasswatch/core/video-features";
import { isSameArea, openActiveArea } from "./active-area.ts";

/** An area that is being seen, with pictures in between that show none. */
export interface Sighting {
  readonly area: Area;
  /** Since the picture that brought it. */
  readonly sinceSeconds: number;
}

export interface AreaSightings {
  /**
   * @param change mean difference to the picture before
   * @returns what is being seen, where this picture shows it
   */
  add(timeSeconds: number, change: number, profile: LitProfile): Sighting | undefined;
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
export function openAreaSightings(glimpseSeconds: number): AreaSightings {
  const active = openActiveArea();
  const { area } = active;
  let before: Sighting | undefined;
  let current: Sighting | undefined;
  let changedAt = 0;
  let largest = -1;

  return {
    get latest() {
      return current?.area;
    },
    add(timeSeconds, change, profile) {
      if (change >= nearLargest * largest) {
        changedAt = timeSeconds;
        largest = Math.max(largest, change);
      }
      const sight = active.read(profile, current?.area);
      if (sight === "unseen") return undefined;
      if (current && isSameArea(current.area, area)) {
        // What was not seen may have changed since.
        if (sight === "seen") largest = -1;
        return current;
      }
      const glimpse = current !== undefined && timeSeconds - current.sinceSeconds < glimpseSeconds;
      if (glimpse && before && isSameArea(before.area, area)) current = before;
      else {
        if (!glimpse) before = current;
        current = { area: { ...area }, sinceSeconds: changedAt };
      }
      largest = -1;
      return current;
    },
  };
}
