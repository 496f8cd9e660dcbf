/** Of an amplitude, full scale being 1; −Infinity for 0. */
export function toDb(amplitude: number): number {
  return 20 * Math.log10(amplitude);
}

/** Mean square of an RMS level. */
export function meanSquareOf(levelDbfs: number): number {
  return 10 ** (levelDbfs / 10);
}

/** RMS level of a mean square, no lower than any sound that 24 bits can hold: findings are JSON, which has no −Infinity. */
export function levelOf(meanSquare: number): number {
  return roundTenth(Math.max(-144, 10 * Math.log10(meanSquare)));
}

export function roundTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
