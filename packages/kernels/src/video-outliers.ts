import type { Outliers, OutliersFeature } from "@glasswatch/core/features";
import type { DetailKernel } from "./detail-kernel.ts";

/** `assembly/outliers.ts`. */
export interface OutlierFunctions {
  outliers(...planeStrideWidthHeightLeastMostOut: readonly number[]): number;
}

export interface LazyOutliers {
  readonly feature: OutliersFeature;
  /** The detail kernel has been shown another picture. */
  forget(): void;
}

/** Code values: at this, a point is seen from where pictures are watched, and noise does not reach it in calm places. */
const leastDifference = 28;
const most = 256;

export function openOutliers(detail: DetailKernel<OutlierFunctions>): LazyOutliers {
  const outliers = { count: 0, x: new Uint16Array(most), y: new Uint16Array(most), brighter: new Uint8Array(most) };
  let listAt: number | undefined;
  let stale = true;

  function measure(): void {
    const { address, stride, width, height } = detail.plane();
    listAt ??= detail.reserve(8 * most);
    outliers.count = detail.functions.outliers(address, stride, width, height, leastDifference, most, listAt);
    const listed = new Uint16Array(detail.memory.buffer, listAt, 4 * most);
    for (let index = 0; index < Math.min(most, outliers.count); index++) {
      outliers.x[index] = listed[4 * index] as number;
      outliers.y[index] = listed[4 * index + 1] as number;
      outliers.brighter[index] = listed[4 * index + 2] as number;
    }
  }

  return {
    feature: {
      read(): Outliers {
        if (stale) measure();
        stale = false;
        return outliers;
      },
    },
    forget() {
      stale = true;
    },
  };
}
