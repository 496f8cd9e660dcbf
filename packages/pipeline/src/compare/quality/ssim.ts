import type { ReducedLuma } from "@glasswatch/kernels/reduce-luma";

const window = 8;
const stride = 4;
const area = window * window;
/** K1 = 0.01 and K2 = 0.03 for 8 bits, times what the sums below are larger than means and unbiased variances by. */
const c1 = (0.01 * 255) ** 2 * area;
const c2 = (0.03 * 255) ** 2 * area * (area - 1);

/**
 * Structural similarity of two pictures of one size, at least 8×8: 1 where they are the same (Wang, Bovik, Sheikh and
 * Simoncelli 2004, equation 13, and its mean over the picture). Windows are square, 8×8 samples, every 4 samples: a third of
 * the work of the Gaussian ones of that paper, and the figures are those of FFmpeg's `ssim` filter.
 */
export function ssim(a: ReducedLuma, b: ReducedLuma): number {
  let total = 0;
  let windows = 0;
  for (let y = 0; y + window <= a.height; y += stride) {
    for (let x = 0; x + window <= a.width; x += stride) {
      total += similarityAt(a, b, y * a.width + x);
      windows++;
    }
  }
  return total / windows;
}

function similarityAt(a: ReducedLuma, b: ReducedLuma, first: number): number {
  let sumA = 0;
  let sumB = 0;
  let squares = 0;
  let products = 0;
  for (let y = 0; y < window; y++) {
    const row = first + y * a.width;
    for (let at = row; at < row + window; at++) {
      const one = a.samples[at] as number;
      const other = b.samples[at] as number;
      sumA += one;
      sumB += other;
      squares += one * one + other * other;
      products += one * other;
    }
  }
  const variances = squares * area - sumA * sumA - sumB * sumB;
  const covariance = products * area - sumA * sumB;
  const luminance = (2 * sumA * sumB + c1) / (sumA * sumA + sumB * sumB + c1);
  return (luminance * (2 * covariance + c2)) / (variances + c2);
}
