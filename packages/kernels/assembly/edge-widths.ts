import { apart } from "./lanes";

/** Bins of the sharpness of edges: bin `n` is for steepest steps of n/32 of what the edge spans. */
const bins: u32 = 33;

const centralLanes = memory.data<u8>([0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0]);
const innerLanes = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0,
]);

@inline
function largest(lanes: v128): i32 {
  lanes = i8x16.max_u(lanes, i8x16.shuffle(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  lanes = i8x16.max_u(lanes, i8x16.shuffle(lanes, lanes, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  lanes = i8x16.max_u(lanes, i8x16.shuffle(lanes, lanes, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
  lanes = i8x16.max_u(lanes, i8x16.shuffle(lanes, lanes, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
  return i8x16.extract_lane_u(lanes, 0);
}

@inline
function count(histogram: usize, step: u32, span: u32): void {
  const slot = histogram + (min<u32>((step << 5) / span, bins - 1) << 2);
  store<u32>(slot, load<u32>(slot) + 1);
}

/**
 * Edges within rows: in each window of 16 samples that spans at least `leastSpan`, how steep the steepest step is, against
 * that span. Windows overlap by half, and one whose steepest step is not in its middle is left to another one. Every
 * `rowStep`-th row is looked at.
 */
export function edgesAcross(
  plane: usize, stride: usize, width: u32, height: u32, rowStep: u32, leastSpan: i32, histogram: usize,
): void {
  memory.fill(histogram, 0, bins << 2);
  const central = v128.load(centralLanes);
  const inner = v128.load(innerLanes);
  for (let y: u32 = 0; y < height; y += rowStep) {
    const row = plane + <usize>y * stride;
    for (let x: u32 = 0; x + 16 <= width; x += 8) {
      const samples = v128.load(row + x);
      const span = largest(samples) - (255 - largest(v128.not(samples)));
      if (span < leastSpan) continue;
      const steps = v128.and(apart(samples, v128.load(row + x, 1)), inner);
      const steepest = largest(v128.and(steps, central));
      if (steepest == largest(steps)) count(histogram, steepest, span);
    }
  }
}

/** As `edgesAcross`, within columns: of these, 16 in 16 × `strip`. */
export function edgesDown(
  plane: usize, stride: usize, width: u32, height: u32, strip: u32, leastSpan: i32, histogram: usize, lanes: usize,
): void {
  memory.fill(histogram, 0, bins << 2);
  const least = i8x16.splat(<i8>leastSpan);
  for (let y: u32 = 0; y + 16 <= height; y += 8) {
    for (let x: u32 = 0; x + 16 <= width; x += strip << 4) {
      let at = plane + <usize>y * stride + x;
      let before = v128.load(at);
      let highest = before;
      let lowest = before;
      let middle = i8x16.splat(0);
      let outer = i8x16.splat(0);
      for (let i: u32 = 1; i < 16; i++) {
        at += stride;
        const samples = v128.load(at);
        const step = apart(samples, before);
        if (i - 5 < 7) middle = i8x16.max_u(middle, step);
        else outer = i8x16.max_u(outer, step);
        highest = i8x16.max_u(highest, samples);
        lowest = i8x16.min_u(lowest, samples);
        before = samples;
      }
      const span = i8x16.sub(highest, lowest);
      let found = i8x16.bitmask(v128.and(i8x16.ge_u(span, least), i8x16.ge_u(middle, outer)));
      if (found == 0) continue;
      v128.store(lanes, middle);
      v128.store(lanes, span, 16);
      while (found != 0) {
        const lane: usize = ctz(found);
        count(histogram, load<u8>(lanes + lane), load<u8>(lanes + lane, 16));
        found &= found - 1;
      }
    }
  }
}
