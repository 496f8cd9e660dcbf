/** A quarter of the picture: each sample the mean of 2×2. Rows of `to` are padded to a multiple of 16. */
export function halve(from: usize, stride: usize, width: u32, height: u32, to: usize, toStride: usize): void {
  const half = width >> 1;
  const two = i16x8.splat(2);
  for (let y: u32 = 0; y + 2 <= height; y += 2) {
    for (let x: u32 = 0; x < half; x += 16) {
      const at = from + (x << 1);
      const low = i16x8.add(sums(at), sums(at + stride));
      const high = i16x8.add(sums(at + 16), sums(at + 16 + stride));
      const narrow = i8x16.narrow_i16x8_u(
        i16x8.shr_u(i16x8.add(low, two), 2),
        i16x8.shr_u(i16x8.add(high, two), 2),
      );
      v128.store(to + x, narrow);
    }
    from += stride << 1;
    to += toStride;
  }
}

@inline
function sums(at: usize): v128 {
  return i16x8.extadd_pairwise_i8x16_u(v128.load(at));
}
