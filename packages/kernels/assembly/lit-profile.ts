/** Columns of a group whose every fourth neighbour is counted in `litRows`. */
const groupStep: u32 = 64;

/**
 * How much of each row and each column is brighter than `limit`: in rows, of the first 16 of every 64 columns, as long as
 * these are whole; in columns, of every `rowStep`-th row, of which there are at most 255. `rows` takes 16 bits a row,
 * `columns` 8 bits a column and may be written up to 15 bytes beyond the last.
 */
export function litProfile(
  plane: usize, stride: usize, width: u32, height: u32, limit: u32, rowStep: u32, rows: usize, columns: usize,
): void {
  const above = i8x16.splat(<i8>limit);
  memory.fill(columns, 0, (width + 15) & ~15);
  let row = plane;
  for (let y: u32 = 0; y < height; y++) {
    let lit: u32 = 0;
    for (let x: u32 = 0; x + 16 <= width; x += groupStep) {
      lit += popcnt<u32>(<u32>i8x16.bitmask(i8x16.gt_u(v128.load(row + x), above)));
    }
    store<u16>(rows + (y << 1), <u16>lit);
    if (y % rowStep == 0) {
      for (let x: u32 = 0; x < width; x += 16) {
        const counted = v128.load(columns + x);
        v128.store(columns + x, i8x16.sub(counted, i8x16.gt_u(v128.load(row + x), above)));
      }
    }
    row += stride;
  }
}
