import type { ContoursFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import type { DetailKernel, Plane } from "./detail-kernel.ts";
import { type OnceAPicture, onceAPicture } from "./once-a-picture.ts";

export interface ContourFunctions {
  contours(...planeStrideWidthHeightTiles: readonly number[]): void;
}

/** A contour that runs through half of a tile of 16×16 samples. */
const leastRun = 8;

/** Share of the picture, in tiles of 32×32 pixels, that a faint contour between even areas runs through. */
export function openContours(
  atHand: AtHand,
  detail: DetailKernel<ContourFunctions>,
  half: OnceAPicture<Plane>,
): ContoursFeature {
  let room = 0;
  let tilesAt = 0;

  return onceAPicture(atHand, () => {
    const { address, stride, width, height } = half.read();
    const tiles = (width >> 4) * (height >> 4);
    if (tiles === 0) return { tileShare: 0 };
    if (tiles > room) {
      room = tiles;
      tilesAt = detail.reserve(4 * tiles);
    }
    detail.functions.contours(address, stride, width, height, tilesAt);
    const counts = new Uint16Array(detail.memory.buffer, tilesAt, 2 * tiles);
    let contoured = 0;
    for (let at = 0; at < counts.length; at += 2) {
      if (Math.max(counts[at] as number, counts[at + 1] as number) >= leastRun) contoured++;
    }
    return { tileShare: contoured / tiles };
  });
}
