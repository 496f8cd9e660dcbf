/** How long to wait before the next try. */
export interface Backoff {
  /** Seconds: doubling from 1–2 up to 15–30, the exact place at random so that streams do not return all at once. */
  next(): number;
  /** Begins anew. */
  reset(): void;
}

const firstSeconds = 2;
const mostSeconds = 30;

/** @param random 0 to 1 */
export function openBackoff(random: () => number = Math.random): Backoff {
  let ceilingSeconds = firstSeconds;
  return {
    next() {
      const seconds = ceilingSeconds * (0.5 + random() / 2);
      ceilingSeconds = Math.min(mostSeconds, 2 * ceilingSeconds);
      return seconds;
    },
    reset() {
      ceilingSeconds = firstSeconds;
    },
  };
}
