/** Where between −1 and 1 the parabola through three values at −1, 0 and 1 has its top; 0 where it has none. */
export function topOfParabola(before: number, at: number, after: number): number {
  const curvature = before - 2 * at + after;
  if (!(curvature < 0)) return 0;
  return Math.min(1, Math.max(-1, (before - after) / (2 * curvature)));
}
