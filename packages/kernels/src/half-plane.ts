import type { AtHand } from "./at-hand.ts";
import type { DetailKernel, Plane } from "./detail-kernel.ts";
import { type OnceAPicture, onceAPicture } from "./once-a-picture.ts";

export interface HalvingFunctions {
  halve(...fromStrideWidthHeightToToStride: readonly number[]): void;
}

/** Luma at half the width and height, each sample the mean of four: what was scaled up looks here as it was drawn. */
export function openHalfPlane(atHand: AtHand, detail: DetailKernel<HalvingFunctions>): OnceAPicture<Plane> {
  let address = 0;
  let room = 0;
  return onceAPicture(atHand, () => {
    const whole = detail.plane();
    const width = whole.width >> 1;
    const height = whole.height >> 1;
    const stride = (width + 15) & ~15;
    if (stride * height > room) {
      room = stride * height;
      address = detail.reserve(room);
    }
    detail.functions.halve(whole.address, whole.stride, whole.width, whole.height, address, stride);
    return { address, stride, width, height };
  });
}
