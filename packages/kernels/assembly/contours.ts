@inline
function apartAtLeast(low: v128, high: v128): v128 {
  return i8x16.sub_sat_u(high, low);
}

/** A plateau is this long on either side of a contour, in samples, and even within one code value. */
const plateau: i32 = 6;
const even: i32 = 1;

/** Contours are steps of 2 to 6 code values: one is what 8 bits can do, and more is an edge that was meant. */
const faintest: i32 = 2;
const boldest: i32 = 6;

@inline
function isContour(lowA: v128, highA: v128, lowB: v128, highB: v128): v128 {
  const flat = i8x16.le_u(
    i8x16.max_u(i8x16.sub(highA, lowA), i8x16.sub(highB, lowB)),
    i8x16.splat(<i8>even),
  );
  const least = i8x16.max_u(apartAtLeast(highA, lowB), apartAtLeast(highB, lowA));
  const most = i8x16.max_u(apartAtLeast(lowA, highB), apartAtLeast(lowB, highA));
  const stepped = v128.and(i8x16.ge_u(least, i8x16.splat(<i8>faintest)), i8x16.le_u(most, i8x16.splat(<i8>boldest)));
  return v128.and(flat, stepped);
}

/**
 * Faint steps between two plateaus, counted for tiles of 16×16: `tiles` holds a count for steps across and one for steps
 * down, tile by tile, row by row. What is cut off at the borders of the picture has no tile.
 */
export function contours(plane: usize, stride: usize, width: u32, height: u32, tiles: usize): void {
  const columns = width >> 4;
  memory.fill(tiles, 0, columns * (height >> 4) << 2);
  for (let y: u32 = 16; y + 16 < height; y++) {
    const tileRow = tiles + <usize>((y >> 4) * columns << 2);
    for (let column: u32 = 1; column + 1 < columns; column++) {
      const at = plane + <usize>y * stride + (column << 4);
      const counts = tileRow + (column << 2);
      const acrossMask = lookAlong(at, 1);
      const downMask = lookAlong(at, stride);
      if (acrossMask != 0) store<u16>(counts, load<u16>(counts) + <u16>popcnt<u32>(acrossMask));
      if (downMask != 0) store<u16>(counts, load<u16>(counts, 2) + <u16>popcnt<u32>(downMask), 2);
    }
  }
}

/** Sixteen places at once: the samples before `at` and those from the next but one on, in steps of `pitch` bytes. */
@inline
function lookAlong(at: usize, pitch: usize): i32 {
  let low = v128.load(at - 2 * pitch);
  let high = low;
  for (let i: i32 = 3; i < 2 + plateau; i++) {
    const samples = v128.load(at - <usize>i * pitch);
    low = i8x16.min_u(low, samples);
    high = i8x16.max_u(high, samples);
  }
  let lowAfter = v128.load(at + pitch);
  let highAfter = lowAfter;
  for (let i: i32 = 2; i < 1 + plateau; i++) {
    const samples = v128.load(at + <usize>i * pitch);
    lowAfter = i8x16.min_u(lowAfter, samples);
    highAfter = i8x16.max_u(highAfter, samples);
  }
  return i8x16.bitmask(isContour(low, high, lowAfter, highAfter));
}
