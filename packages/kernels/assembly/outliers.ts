/** Samples at this distance are what a sample is compared with: a stuck pixel spreads to its neighbours in coding. */
const reach: u32 = 3;

@inline
function at(row: usize, stride: usize, dy: i32, dx: i32): v128 {
  return v128.load(row + <usize>(<isize>dy * <isize>stride + <isize>dx));
}

/**
 * Finds samples that are brighter or darker by `least` than each of the sixteen around them at a distance of three, which
 * among themselves differ by less than half of that, and that no neighbour exceeds. Writes x, y (16 bits each) and 1 or 0
 * for brighter or darker (32 bits) of up to `most` of them to `out`, and returns how many there are.
 */
export function outliers(
  plane: usize, stride: usize, width: u32, height: u32, least: u32, most: u32, out: usize,
): u32 {
  const apart = i8x16.splat(<i8>least);
  const calm = i8x16.splat(<i8>(least >> 1));
  let found: u32 = 0;
  for (let y = reach; y + reach < height; y++) {
    const row = plane + <usize>y * stride;
    for (let x = reach; x + reach < width; x += 16) {
      const p = row + x;
      const s = v128.load(p);
      // Two opposite neighbours tell of nearly all samples that they are no outliers.
      const left = at(p, stride, 0, -3);
      const right = at(p, stride, 0, 3);
      let high = i8x16.max_u(left, right);
      let low = i8x16.min_u(left, right);
      let over = i8x16.sub_sat_u(s, high);
      let under = i8x16.sub_sat_u(low, s);
      let candidates = i8x16.ge_u(v128.or(over, under), apart);
      if (!v128.any_true(candidates)) continue;
      for (let i: i32 = -3; i <= 3; i++) {
        const above = at(p, stride, -3, i);
        const below = at(p, stride, 3, i);
        high = i8x16.max_u(high, i8x16.max_u(above, below));
        low = i8x16.min_u(low, i8x16.min_u(above, below));
      }
      for (let i: i32 = -2; i <= 2; i++) {
        const before = at(p, stride, i, -3);
        const after = at(p, stride, i, 3);
        high = i8x16.max_u(high, i8x16.max_u(before, after));
        low = i8x16.min_u(low, i8x16.min_u(before, after));
      }
      over = i8x16.sub_sat_u(s, high);
      under = i8x16.sub_sat_u(low, s);
      candidates = v128.and(
        i8x16.ge_u(v128.or(over, under), apart),
        i8x16.lt_u(i8x16.sub_sat_u(high, low), calm),
      );
      let mask: u32 = <u32>i8x16.bitmask(candidates);
      while (mask != 0) {
        const lane = ctz<u32>(mask);
        mask &= mask - 1;
        if (x + lane + reach >= width) break;
        const q = p + lane;
        const brighter = load<u8>(q) > load<u8>(q - 3);
        if (!isPeak(q, stride, brighter)) continue;
        if (found < most) {
          const to = out + (<usize>found << 3);
          store<u16>(to, <u16>(x + lane));
          store<u16>(to, <u16>y, 2);
          store<u32>(to, <u32>brighter, 4);
        }
        found++;
      }
    }
  }
  return found;
}

/** Of two neighbours that are equal, the one that comes first is the peak. */
function isPeak(q: usize, stride: usize, brighter: bool): bool {
  const value = <i32>load<u8>(q);
  for (let dy: i32 = -1; dy <= 1; dy++) {
    for (let dx: i32 = -1; dx <= 1; dx++) {
      if (dy == 0 && dx == 0) continue;
      const other = <i32>load<u8>(q + <usize>(<isize>dy * <isize>stride + <isize>dx));
      const ahead = brighter ? other - value : value - other;
      if (ahead > 0 || (ahead == 0 && (dy < 0 || (dy == 0 && dx < 0)))) return false;
    }
  }
  return true;
}
