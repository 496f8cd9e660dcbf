import type { ThumbnailFeature } from "@glasswatch/core/video-features";

/** Finds pictures that have another background than the last one found, a few seconds apart at least. */
export interface ShotChanges {
  isAnother(timeSeconds: number, thumbnail: ThumbnailFeature): boolean;
}

const intervalSeconds = 2;
/** Mean difference of luma over the mosaics of two pictures; within a static shot it stays below 4. */
const leastDifference = 10;

export function openShotChanges(): ShotChanges {
  let last: Uint8Array | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;

  return {
    isAnother(timeSeconds, thumbnail) {
      if (timeSeconds - lookedAt < intervalSeconds) return false;
      lookedAt = timeSeconds;
      const { luma } = thumbnail.read();
      if (last && meanDifference(luma, last) < leastDifference) return false;
      last ??= new Uint8Array(luma.length);
      last.set(luma);
      return true;
    },
  };
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let cell = 0; cell < a.length; cell++) sum += Math.abs((a[cell] as number) - (b[cell] as number));
  return sum / a.length;
}
