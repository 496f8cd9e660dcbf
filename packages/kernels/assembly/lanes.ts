/** Magnitude of the difference, lane by lane. */
// @ts-ignore: decorator
@inline
export function apart(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}
