import { apart, sum } from "./lanes";

/**
 * Sums of one block: zig-zag of the picture's own rows, of either field, of every second row, and of its rows with those
 * of the picture before in between.
 */
let ownTop: u32 = 0;
let ownBottom: u32 = 0;
let inField: u32 = 0;
let withTop: u32 = 0;
let withBottom: u32 = 0;

/** |2·middle − above − below| / 2 of sixteen samples, as the distance of the middle from the mean of the others. */
@inline
function zigzag(above: v128, middle: v128, below: v128): v128 {
  return apart(i8x16.avgr_u(above, below), middle);
}

/** Sixteen columns by sixteen rows from an even row on; the two rows above and below belong to the picture, too. */
function measureBlock(current: usize, before: usize, stride: usize): void {
  let ownTops = i16x8.splat(0);
  let ownBottoms = i16x8.splat(0);
  let fieldSums = i16x8.splat(0);
  let tops = i16x8.splat(0);
  let bottoms = i16x8.splat(0);
  let at = current;
  let old = before;
  for (let y: u32 = 0; y < 16; y += 2) {
    // An even row, of the top field, and the odd one below it.
    const above = v128.load(at - stride);
    const top = v128.load(at);
    const bottom = v128.load(at + stride);
    const below = v128.load(at + 2 * stride);
    const oldTop = v128.load(old);
    const oldBottom = v128.load(old + stride);
    ownTops = i16x8.add(ownTops, i16x8.extadd_pairwise_i8x16_u(zigzag(above, top, bottom)));
    ownBottoms = i16x8.add(ownBottoms, i16x8.extadd_pairwise_i8x16_u(zigzag(top, bottom, below)));
    const fieldTop = zigzag(v128.load(at - 2 * stride), top, below);
    const fieldBottom = zigzag(above, bottom, v128.load(at + 3 * stride));
    fieldSums = i16x8.add(fieldSums, i16x8.extadd_pairwise_i8x16_u(fieldTop));
    fieldSums = i16x8.add(fieldSums, i16x8.extadd_pairwise_i8x16_u(fieldBottom));
    tops = i16x8.add(tops, i16x8.extadd_pairwise_i8x16_u(zigzag(above, oldTop, bottom)));
    bottoms = i16x8.add(bottoms, i16x8.extadd_pairwise_i8x16_u(zigzag(top, oldBottom, below)));
    at += 2 * stride;
    old += 2 * stride;
  }
  // The old top field lies between rows of the new bottom field, and the other way round.
  ownTop = sum(ownTops);
  ownBottom = sum(ownBottoms);
  inField = sum(fieldSums) >> 1;
  withTop = sum(tops);
  withBottom = sum(bottoms);
}

/**
 * Compares the fields of two pictures in blocks of 16×16, every `step`th column of blocks, and counts those that move:
 * `counts` gets eight numbers: blocks, moving ones, those that show two moments, of these with the top field first, with
 * the bottom field first; those that show one moment; and those of which the top or the bottom field is rather the earlier.
 *
 * @param least zig-zag of a block, summed over half of its samples, that is no noise
 */
export function fields(
  current: usize, before: usize, stride: usize, width: u32, height: u32, step: u32, least: u32, counts: usize,
): void {
  let blocks: u32 = 0;
  let moving: u32 = 0;
  let combed: u32 = 0;
  let topFirst: u32 = 0;
  let bottomFirst: u32 = 0;
  let whole: u32 = 0;
  let topEarlier: u32 = 0;
  let bottomEarlier: u32 = 0;
  for (let y: usize = 2; y + 18 <= <usize>height; y += 16) {
    for (let x: usize = 0; x + 16 <= <usize>width; x += <usize>step << 4) {
      measureBlock(current + y * stride + x, before + y * stride + x, stride);
      blocks++;
      const own = (ownTop + ownBottom) >> 1;
      const near = min<u32>(withTop, withBottom);
      const far = max<u32>(withTop, withBottom);
      // By how much worse an old field fits than the new one in its place. An edge that is two rows wide bends in rows of
      // one field alone, which fits badly for that, old or new.
      const topExcess = <i32>(withTop - ownTop);
      const bottomExcess = <i32>(withBottom - ownBottom);
      // Without motion the old field fits as well as the new one.
      if (far < least || 10 * far < 12 * own || 5 * max<i32>(topExcess, bottomExcess) <= <i32>own) continue;
      moving++;
      // Top first: the old bottom field is the nearest to the new top one.
      const isTopEarlier = withBottom < withTop;
      const byExcess = isTopEarlier ? topExcess - bottomExcess : bottomExcess - topExcess;
      if (100 * far > 115 * near && 100 * byExcess > <i32>(15 * near)) {
        if (isTopEarlier) topEarlier++;
        else bottomEarlier++;
      }
      if (10 * near >= 15 * own) {
        whole++;
      } else if (10 * near <= 12 * own && 10 * far >= 14 * near && own >= least >> 1 && 10 * own >= 7 * inField) {
        // Detail of one moment, such as lettering that scrolls, differs more over two rows than over one; woven fields less.
        combed++;
        if (isTopEarlier) topFirst++;
        else bottomFirst++;
      }
    }
  }
  store<u32>(counts, blocks);
  store<u32>(counts, moving, 4);
  store<u32>(counts, combed, 8);
  store<u32>(counts, topFirst, 12);
  store<u32>(counts, bottomFirst, 16);
  store<u32>(counts, whole, 20);
  store<u32>(counts, topEarlier, 24);
  store<u32>(counts, bottomEarlier, 28);
}
