import type { VideoFeatures } from "@glasswatch/core/video-features";
import { contrastOf, refreshPeak } from "@glasswatch/kernels/encoder-refresh";
import { openShotMemory } from "./shot-memory.ts";

/** Where pictures are farther apart than this, how one became the next is not seen; seconds. */
export const sparseSeconds = 0.25;

/** How a picture came about that the one before it, some time earlier, does not resemble. */
export interface Arrival {
  /** Both are of one shot, so that the picture moved to where it is now rather than being replaced. */
  readonly sameShot: boolean;
}

/** Follows pictures of which only some are seen. */
export interface Arrivals {
  add(features: Pick<VideoFeatures, "frame" | "luma" | "motion" | "thumbnail">): void;
  /** The picture before the latest one is some time ago. */
  readonly sparse: boolean;
  /** The latest picture is what the one before it was, but for what an encoder does to a still picture. */
  readonly resembles: boolean;
  /** Of the picture that those after it resembled; undefined where pictures have been seen to move since. */
  readonly latest: Arrival | undefined;
}

/** Measured 2 s apart: from 0.72 within a shot, up to 0.6 between two. */
const leastShared = 0.7;

export function openArrivals(): Arrivals {
  const shots = openShotMemory();
  let lastSeconds = Number.NaN;
  let rememberedSeconds = Number.NaN;
  let sparse = false;
  let resembles = false;
  let latest: Arrival | undefined;

  return {
    add({ frame, luma, motion, thumbnail }) {
      const { timeSeconds, keyFrame } = frame;
      sparse = !(timeSeconds - lastSeconds <= sparseSeconds);
      resembles = !Number.isNaN(lastSeconds) && motion.peakDifference <= refreshPeak * contrastOf(luma);
      // Of pictures in close succession, the key pictures are remembered: only one of them may be followed by a long gap.
      const isDue = sparse || (keyFrame && timeSeconds - rememberedSeconds > sparseSeconds);
      if (isDue) {
        const likeness = shots.compare(luma, thumbnail.read());
        const sameShot = rememberedSeconds === lastSeconds && likeness >= leastShared;
        rememberedSeconds = timeSeconds;
        if (sparse && !resembles) latest = Number.isNaN(lastSeconds) ? undefined : { sameShot };
      }
      if (!sparse && !motion.still) latest = undefined;
      lastSeconds = timeSeconds;
    },
    get sparse() {
      return sparse;
    },
    get resembles() {
      return resembles;
    },
    get latest() {
      return latest;
    },
  };
}
