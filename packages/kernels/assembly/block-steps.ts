import { apart } from "./lanes";

/** An eighth of a block to either side has to be flat: less than a quarter of the step. */
@inline
function stands(step: v128, around: v128, least: v128): v128 {
  const quarter = v128.and(i16x8.shr_u(step, 2), i8x16.splat(0x3f));
  return v128.and(i8x16.ge_u(step, least), i8x16.le_u(around, quarter));
}

/** What no codec leaves on the borders of its blocks: steps of this size are worth their bits. Code values. */
const drawnStep: i32 = 40;

@inline
function widen(tally: usize, counts: usize, width: u32): void {
  for (let x: u32 = 0; x < width; x += 16) {
    const eights = v128.load(tally + x);
    const to = counts + (x << 1);
    v128.store(to, i16x8.add(v128.load(to), i16x8.extend_low_i8x16_u(eights)));
    v128.store(to, i16x8.add(v128.load(to, 16), i16x8.extend_high_i8x16_u(eights)), 16);
    v128.store(tally + x, i8x16.splat(0));
  }
}

/**
 * Steps from one column to the next that stand alone, the three columns to either side being flat. `counts[x]` is how many
 * rows have one between the columns `x - 1` and `x`, and `drawn[x]` how many of these are too large for a codec to have
 * left. Every `rowStep`-th row is looked at. Returns in how many places anything at all happens. `tally` is scratch
 * memory of two rows; all arrays are as long as a padded row.
 */
export function stepsAcross(
  plane: usize, stride: usize, width: u32, height: u32, rowStep: u32, least: i32,
  counts: usize, drawn: usize, tally: usize,
): u32 {
  const padded = (width + 15) & ~15;
  const drawnTally = tally + padded;
  memory.fill(counts, 0, padded << 1);
  memory.fill(drawn, 0, padded << 1);
  memory.fill(tally, 0, padded << 1);
  const leastStep = i8x16.splat(<i8>least);
  const most = i8x16.splat(<i8>drawnStep);
  const zero = i8x16.splat(0);
  const last = width - 4;
  let active: u32 = 0;
  let rows: u32 = 0;
  for (let y: u32 = 0; y < height; y += rowStep) {
    const row = plane + <usize>y * stride;
    for (let x: u32 = 4; x + 16 <= last; x += 16) {
      const at = row + x;
      const left = v128.load(at - 1);
      const right = v128.load(at);
      const left2 = v128.load(at - 2);
      const left3 = v128.load(at - 3);
      const left4 = v128.load(at - 4);
      const right2 = v128.load(at, 1);
      const right3 = v128.load(at, 2);
      const right4 = v128.load(at, 3);
      const step = apart(left, right);
      const near = i8x16.max_u(apart(left, left2), apart(right, right2));
      const middle = i8x16.max_u(apart(left2, left3), apart(right2, right3));
      const far = i8x16.max_u(apart(left3, left4), apart(right3, right4));
      const around = i8x16.max_u(near, i8x16.max_u(middle, far));
      active += popcnt<u32>(i8x16.bitmask(i8x16.ne(i8x16.max_u(step, around), zero)));
      const stepped = stands(step, around, leastStep);
      v128.store(tally + x, i8x16.sub(v128.load(tally + x), stepped));
      v128.store(drawnTally + x, i8x16.sub(v128.load(drawnTally + x), v128.and(stepped, i8x16.ge_u(step, most))));
    }
    if (++rows % 255 == 0) {
      widen(tally, counts, padded);
      widen(drawnTally, drawn, padded);
    }
  }
  widen(tally, counts, padded);
  widen(drawnTally, drawn, padded);
  return active;
}

/** As `stepsAcross`, from one row to the next: `counts[y]` is for the rows `y - 1` and `y`. Of the columns, 16 in 16 × `strip`. */
export function stepsDown(
  plane: usize, stride: usize, width: u32, height: u32, strip: u32, least: i32, counts: usize, drawn: usize,
): u32 {
  memory.fill(counts, 0, height << 1);
  memory.fill(drawn, 0, height << 1);
  const leastStep = i8x16.splat(<i8>least);
  const most = i8x16.splat(<i8>drawnStep);
  const zero = i8x16.splat(0);
  let active: u32 = 0;
  for (let y: u32 = 4; y + 4 <= height; y++) {
    const row = plane + <usize>y * stride;
    let steps: u32 = 0;
    let large: u32 = 0;
    for (let x: u32 = 0; x + 16 <= width; x += strip << 4) {
      const at = row + x;
      const above = v128.load(at - stride);
      const below = v128.load(at);
      const above2 = v128.load(at - 2 * stride);
      const above3 = v128.load(at - 3 * stride);
      const above4 = v128.load(at - 4 * stride);
      const below2 = v128.load(at + stride);
      const below3 = v128.load(at + 2 * stride);
      const below4 = v128.load(at + 3 * stride);
      const step = apart(above, below);
      const near = i8x16.max_u(apart(above, above2), apart(below, below2));
      const middle = i8x16.max_u(apart(above2, above3), apart(below2, below3));
      const far = i8x16.max_u(apart(above3, above4), apart(below3, below4));
      const around = i8x16.max_u(near, i8x16.max_u(middle, far));
      active += popcnt<u32>(i8x16.bitmask(i8x16.ne(i8x16.max_u(step, around), zero)));
      const stepped = stands(step, around, leastStep);
      steps += popcnt<u32>(i8x16.bitmask(stepped));
      large += popcnt<u32>(i8x16.bitmask(v128.and(stepped, i8x16.ge_u(step, most))));
    }
    store<u16>(counts + (y << 1), <u16>steps);
    store<u16>(drawn + (y << 1), <u16>large);
  }
  return active;
}
