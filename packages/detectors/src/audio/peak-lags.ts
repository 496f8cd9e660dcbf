/** The tallest samples of the last seconds: in a loop, the same ones come back after the same time. */
export interface PeakLags {
  /** Takes the tallest sample of the next 5 ms. Says after how many samples it keeps coming back, 0 if it does not. */
  add(position: number, value: number): number;
  restart(): void;
}

const kept = 256;
const maxWanderSamples = 3;
/** Lossy coding changes a peak by a few per cent. */
const likeness = 0.1;
const faint = 0.01;

export function openPeakLags(limits: { readonly minLag: number; readonly maxLag: number }): PeakLags {
  const positions = new Float64Array(kept);
  const values = new Float64Array(kept);
  /** Number of peaks so far. */
  let count = 0;
  /** The tallest samples of the two stretches before. */
  let earlier = 0;
  let middle = 0;
  let middlePosition = 0;

  const like = (value: number, slot: number) => Math.abs((values[slot] as number) - value) < likeness * Math.abs(value);

  /** Whether a like peak stands at a position, among those older than `newest`. */
  function stands(value: number, position: number, newest: number): boolean {
    for (let i = newest - 1; i >= 0 && i >= count - kept; i--) {
      const at = positions[i % kept] as number;
      if (at < position - maxWanderSamples) return false;
      if (at <= position + maxWanderSamples && like(value, i % kept)) return true;
    }
    return false;
  }

  function lagOf(position: number, value: number): number {
    for (let i = count - 1; i >= 0 && i >= count - kept; i--) {
      const lag = position - (positions[i % kept] as number);
      if (lag > limits.maxLag) return 0;
      if (lag >= limits.minLag && like(value, i % kept) && stands(value, position - 2 * lag, i)) return lag;
    }
    return 0;
  }

  return {
    add(position, value) {
      const size = Math.abs(middle);
      let lag = 0;
      if (size >= faint && size > Math.abs(earlier) && size >= Math.abs(value)) {
        lag = lagOf(middlePosition, middle);
        positions[count % kept] = middlePosition;
        values[count % kept] = middle;
        count++;
      }
      earlier = middle;
      middle = value;
      middlePosition = position;
      return lag;
    },
    restart() {
      count = 0;
      earlier = 0;
      middle = 0;
    },
  };
}
