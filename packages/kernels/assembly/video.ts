import { apart } from "./lanes";

export { gridBreaks } from "./grid-breaks";
export { litProfile } from "./lit-profile";
export { reduceTo8Bits } from "./planes";

/** First address that the caller may use: all buffers are its own. */
export function heapBase(): usize {
  return __heap_base;
}

/** Sixteen ones and sixteen zeros: a load from within masks the lanes right of the picture. */
const laneMask = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

/** Bins of a difference histogram; one is 4 of the 16320 that an 8×8 block can differ by, the last takes all above. */
const differenceBins: u32 = 1024;

@inline
function count(histogram: usize, bin: u32): void {
  const slot = histogram + (bin << 2);
  store<u32>(slot, load<u32>(slot) + 1);
}

/** Left and right 8×8 block of a 16-column strip, from eight 16-bit partial sums. Returns what both differ by. */
@inline
function countStrip(histogram: usize, sums: v128, hasRight: bool): u32 {
  const quarters = i32x4.extadd_pairwise_i16x8_u(sums);
  const left = i32x4.extract_lane(quarters, 0) + i32x4.extract_lane(quarters, 1);
  const right = i32x4.extract_lane(quarters, 2) + i32x4.extract_lane(quarters, 3);
  count(histogram, min<u32>(left >> 2, differenceBins - 1));
  if (hasRight) count(histogram, min<u32>(right >> 2, differenceBins - 1));
  return left + right;
}

/**
 * Differences between two 8-bit planes: adds every 8×8 block's to `histogram` and returns their sum, the value being at
 * most 255 × the pixels of an 8K picture and so exact in a double.
 */
export function difference(
  current: usize, currentStride: usize, other: usize, otherStride: usize, width: u32, height: u32, histogram: usize,
): f64 {
  memory.fill(histogram, 0, differenceBins << 2);
  let total: u64 = 0;
  for (let top: u32 = 0; top < height; top += 8) {
    const rows = min<u32>(8, height - top);
    for (let x: u32 = 0; x < width; x += 16) {
      let a = current + x;
      let b = other + x;
      let sums = i16x8.splat(0);
      const remaining = width - x;
      if (rows == 8 && remaining >= 16) {
        for (let y: u32 = 0; y < 8; y++) {
          sums = i16x8.add(sums, i16x8.extadd_pairwise_i8x16_u(apart(v128.load(a), v128.load(b))));
          a += currentStride;
          b += otherStride;
        }
      } else {
        const mask = v128.load(laneMask + 16 - min<u32>(16, remaining));
        for (let y: u32 = 0; y < rows; y++) {
          const within = v128.and(apart(v128.load(a), v128.load(b)), mask);
          sums = i16x8.add(sums, i16x8.extadd_pairwise_i8x16_u(within));
          a += currentStride;
          b += otherStride;
        }
      }
      total += countStrip(histogram, sums, remaining > 8);
    }
    current += currentStride << 3;
    other += otherStride << 3;
  }
  return <f64>total;
}

/**
 * Counts the code values of every row whose number modulo 8 is set in `rowMask`. Four histograms take turns, or runs of
 * one value would wait for their own store; the first holds the sum at the end.
 */
export function histogram(plane: usize, stride: usize, width: u32, height: u32, rowMask: u32, counts: usize): void {
  memory.fill(counts, 0, 4096);
  const whole = width & ~7;
  for (let y: u32 = 0; y < height; y++) {
    if ((rowMask >> (y & 7)) & 1) {
      for (let x: u32 = 0; x < whole; x += 8) {
        const eight = load<u64>(plane + x);
        count(counts, <u32>(eight & 255));
        count(counts + 1024, <u32>((eight >> 8) & 255));
        count(counts + 2048, <u32>((eight >> 16) & 255));
        count(counts + 3072, <u32>((eight >> 24) & 255));
        count(counts, <u32>((eight >> 32) & 255));
        count(counts + 1024, <u32>((eight >> 40) & 255));
        count(counts + 2048, <u32>((eight >> 48) & 255));
        count(counts + 3072, <u32>(eight >> 56));
      }
      for (let x = whole; x < width; x++) count(counts, load<u8>(plane + x));
    }
    plane += stride;
  }
  for (let i: usize = 0; i < 1024; i += 16) {
    const odd = i32x4.add(v128.load(counts + i, 1024), v128.load(counts + i, 3072));
    v128.store(counts + i, i32x4.add(i32x4.add(v128.load(counts + i), v128.load(counts + i, 2048)), odd));
  }
}
