/**
 * Third-largest block difference that encoders leave between two pictures of a still source where a group of pictures
 * begins: 19 was measured, and programmes move by more. Code values, at full contrast.
 */
export const refreshPeak = 24;

const fullContrast = 40;

/**
 * In a picture of lower contrast than 40 code values of deviation, all that happens is as much fainter: what limits on
 * differences are to be multiplied by.
 */
export function contrastOf(luma: { readonly standardDeviation: number }): number {
  return Math.min(1, Math.max(0.25, luma.standardDeviation / fullContrast));
}
