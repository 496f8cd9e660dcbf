/** Seconds of a clock that nobody sets. */
export function now(): number {
  return performance.now() / 1000;
}

/** The moment of a date on that clock. */
export function momentOf(date: Date): number {
  return now() - (Date.now() - date.getTime()) / 1000;
}

/** How long a moment is gone, as it is told. */
export function since(moment: number): number {
  return tenths(now() - moment);
}

export function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
