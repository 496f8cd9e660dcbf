import type { EdgeSharpness, EdgeSharpnessFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import type { DetailKernel } from "./detail-kernel.ts";
import { onceAPicture } from "./once-a-picture.ts";

export interface EdgeFunctions {
  edgesAcross(...planeStrideWidthHeightRowStepLeastSpanHistogram: readonly number[]): void;
  edgesDown(...planeStrideWidthHeightStripLeastSpanHistogramLanes: readonly number[]): void;
}

const bins = 33;
/** Fainter edges are noise, or lose their slope to the rounding of code values. */
const leastSpan = 32;
const allLinesUpTo = 600;
/** One edge in ten is at least so sharp: what is in focus may be a small part of the picture. */
const sharpestShare = 0.1;

export function openEdgeSharpness(atHand: AtHand, detail: DetailKernel<EdgeFunctions>): EdgeSharpnessFeature {
  const acrossAt = detail.reserve(4 * bins);
  const downAt = detail.reserve(4 * bins);
  const lanesAt = detail.reserve(32);

  return onceAPicture(atHand, () => {
    const { address, stride, width, height } = detail.plane();
    const step = height > allLinesUpTo ? 4 : 2;
    const { functions, memory } = detail;
    functions.edgesAcross(address, stride, width, height, step, leastSpan, acrossAt);
    const across = sharpnessOf(new Uint32Array(memory.buffer, acrossAt, bins));
    if (atHand.frame.scanOrder !== "progressive") return across;
    functions.edgesDown(address, stride, width, height, step, leastSpan, downAt, lanesAt);
    const down = sharpnessOf(new Uint32Array(memory.buffer, downAt, bins));
    return down.steepest > across.steepest ? down : across;
  });
}

function sharpnessOf(histogram: Uint32Array): EdgeSharpness {
  let edges = 0;
  for (const count of histogram) edges += count;
  let above = sharpestShare * edges;
  let bin = bins - 1;
  while (bin > 0 && above > (histogram[bin] as number)) above -= histogram[bin--] as number;
  const count = histogram[bin] as number;
  return { edges, steepest: count === 0 ? 0 : Math.min(1, (bin + 1 - above / count) / (bins - 1)) };
}
