/** What a picture is recognised by: means of luma over the cells of a coarse grid. */
export { reduceTo8Bits } from "./planes";

/** First address that the caller may use: all buffers are its own. */
export function heapBase(): usize {
  return __heap_base;
}

/**
 * Writes the mean of each cell, in 1/256 of a code value, as u16. `bandSums` has room for 2 bytes a sample of a row, padded
 * to 32 bytes. A band may be 257 rows high before its sums wrap.
 */
export function cellMeans(
  plane: usize, stride: u32, width: u32, height: u32, columns: u32, rows: u32, bandSums: usize, means: usize,
): void {
  for (let row: u32 = 0; row < rows; row++) {
    const top = (row * height) / rows;
    const bottom = max((row + 1) * height / rows, top + 1);
    memory.fill(bandSums, 0, ((width + 15) & ~15) << 1);
    for (let y = top; y < bottom; y++) {
      const line = plane + y * stride;
      for (let x: u32 = 0; x < width; x += 16) {
        const samples = v128.load(line + x);
        const at = bandSums + (x << 1);
        v128.store(at, i16x8.add(v128.load(at), i16x8.extend_low_i8x16_u(samples)));
        v128.store(at, i16x8.add(v128.load(at, 16), i16x8.extend_high_i8x16_u(samples)), 16);
      }
    }
    for (let column: u32 = 0; column < columns; column++) {
      const left = (column * width) / columns;
      const right = max((column + 1) * width / columns, left + 1);
      let sum: u32 = 0;
      for (let x = left; x < right; x++) sum += load<u16>(bandSums + (x << 1));
      const samples = (right - left) * (bottom - top);
      store<u16>(means + ((row * columns + column) << 1), <u16>((<u64>sum * 256 + samples / 2) / samples));
    }
  }
}
