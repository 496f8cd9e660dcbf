import type { FrameFeature } from "@glasswatch/core/video-features";

/** Chooses the pictures that are measured on all their pixels. */
export interface Looks {
  /** Is the picture one of them? To be asked once a picture. */
  isDue(frame: FrameFeature): boolean;
}

/** Key pictures this soon after one that was looked at are not looked at; share of the interval. */
const tooSoon = 0.4;
/** Containers with millisecond clocks place a picture up to this far from its true time. */
const clockGrainSeconds = 0.001;

/** Looks at a picture every so often, and where a group of pictures begins: coding changes there. */
export function openLooks(intervalSeconds: number): Looks {
  let lookedSeconds = Number.NEGATIVE_INFINITY;
  let interval = Number.NaN;
  return {
    isDue({ timeSeconds, keyFrame }) {
      const current = Math.floor((timeSeconds + clockGrainSeconds) / intervalSeconds);
      const due = current !== interval || (keyFrame && timeSeconds - lookedSeconds > tooSoon * intervalSeconds);
      if (due) lookedSeconds = timeSeconds;
      interval = current;
      return due;
    },
  };
}
