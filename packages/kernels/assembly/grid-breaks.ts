import { apart, sum } from "./lanes";

/** A segment breaks where what changed differs by so much from one side to the other, in code values a sample. */
const leastStep: i32 = 8;
/** Within either side it changes less, by this factor. */
const evenness: i32 = 4;

/** What changed between two pictures, summed over 16 samples of a row, two to a lane. */
@inline
function changed(current: usize, other: usize): v128 {
  return i16x8.extadd_pairwise_i8x16_u(apart(v128.load(current), v128.load(other)));
}

@inline
function breaks(current: usize, currentStride: usize, other: usize, otherStride: usize): bool {
  const above = changed(current - currentStride, other - otherStride);
  const below = changed(current, other);
  // Both rows at the border differ by as much, or the segment does not break: most are done with here.
  const rough = sum(above) - sum(below);
  if (abs(rough) * evenness < leastStep * 16 * (evenness - 1)) return false;
  const above2 = sum(changed(current - 2 * currentStride, other - 2 * otherStride));
  const below2 = sum(changed(current + currentStride, other + otherStride));
  const step = abs(sum(above) + above2 - sum(below) - below2);
  const within = max(abs(sum(above) - above2), abs(sum(below) - below2));
  return step >= 2 * 16 * leastStep && 2 * within * evenness <= step;
}

/**
 * Where what changed from one picture to the next stops at a border of macroblocks. Looks at every `lineStep`-th border
 * from the `first` on, in segments of 16 samples, and at as many lines midway between two borders. `map` has a byte a segment, row by
 * row from the second row of macroblocks on: 1 where it breaks; others are left as they are. Returns how many break, and
 * in the upper 16 bits how many do midway.
 */
export function gridBreaks(
  current: usize, currentStride: usize, other: usize, otherStride: usize, width: u32, rows: u32,
  pitch: u32, first: u32, lineStep: u32, map: usize,
): u32 {
  const segments = width >> 4;
  let on: u32 = 0;
  let midway: u32 = 0;
  for (let line = first; (line + 1) * pitch + 2 <= rows; line += lineStep) {
    const y = line * pitch;
    const currentRow = current + <usize>y * currentStride;
    const otherRow = other + <usize>y * otherStride;
    const half = <usize>(pitch >> 1);
    const cells = map + <usize>((line - 1) * segments);
    for (let segment: u32 = 0; segment < segments; segment++) {
      const x = segment << 4;
      if (breaks(currentRow + x, currentStride, otherRow + x, otherStride)) {
        on++;
        store<u8>(cells + segment, 1);
      }
      if (
        breaks(currentRow + half * currentStride + x, currentStride, otherRow + half * otherStride + x, otherStride)
      ) {
        midway++;
      }
    }
  }
  return min<u32>(on, 0xffff) | (min<u32>(midway, 0xffff) << 16);
}
