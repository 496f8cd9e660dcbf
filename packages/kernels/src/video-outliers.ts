import type { OutliersFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import type { DetailKernel } from "./detail-kernel.ts";
import { onceAPicture } from "./once-a-picture.ts";

/** `assembly/outliers.ts`. */
export interface OutlierFunctions {
  outliers(...planeStrideWidthHeightLeastMostOut: readonly number[]): number;
}

/** Code values: at this, a point is seen from where pictures are watched, and noise does not reach it in calm places. */
const leastDifference = 28;
const most = 256;

export function openOutliers(atHand: AtHand, detail: DetailKernel<OutlierFunctions>): OutliersFeature {
  const outliers = { count: 0, x: new Uint16Array(most), y: new Uint16Array(most), brighter: new Uint8Array(most) };
  let listAt: number | undefined;

  return onceAPicture(atHand, () => {
    const { address, stride, width, height } = detail.plane();
    listAt ??= detail.reserve(8 * most);
    outliers.count = detail.functions.outliers(address, stride, width, height, leastDifference, most, listAt);
    const listed = new Uint16Array(detail.memory.buffer, listAt, 4 * most);
    for (let index = 0; index < Math.min(most, outliers.count); index++) {
      outliers.x[index] = listed[4 * index] as number;
      outliers.y[index] = listed[4 * index + 1] as number;
      outliers.brighter[index] = listed[4 * index + 2] as number;
    }
    return outliers;
  });
}
