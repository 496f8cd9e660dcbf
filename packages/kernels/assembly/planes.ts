/** Reduces 16-bit samples to their upper 8 of `8 + shift` bits. Rows of `to` are padded to a multiple of 16. */
export function reduceTo8Bits(
  from: usize, fromStride: usize, to: usize, toStride: usize, width: u32, height: u32, shift: i32,
): void {
  for (let y: u32 = 0; y < height; y++) {
    for (let x: u32 = 0; x < width; x += 16) {
      const low = i16x8.shr_u(v128.load(from + (x << 1)), shift);
      const high = i16x8.shr_u(v128.load(from + (x << 1), 16), shift);
      v128.store(to + x, i8x16.narrow_i16x8_u(low, high));
    }
    from += fromStride;
    to += toStride;
  }
}
