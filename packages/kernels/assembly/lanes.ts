/** Magnitude of the difference, lane by lane. */
@inline
export function apart(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}

/** Sum of eight lanes of 16 bits. */
@inline
export function sum(lanes: v128): i32 {
  const quarters = i32x4.extadd_pairwise_i16x8_u(lanes);
  return (
    i32x4.extract_lane(quarters, 0) + i32x4.extract_lane(quarters, 1) +
    i32x4.extract_lane(quarters, 2) + i32x4.extract_lane(quarters, 3)
  );
}
