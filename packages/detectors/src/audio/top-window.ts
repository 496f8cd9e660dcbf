const blocks = 100;

/** Counts the cut-off tops of one channel in the last second, block by block. */
export interface TopWindow {
  /** Exact or broad tops in the last second, whichever are more. */
  readonly tops: number;
  /** Whether there are more exact ones. */
  readonly exact: boolean;
  /** Takes the next block of 10 ms. */
  add(flat: number, square: number, timeSeconds: number): void;
  /** Start of the earliest block of the last second that had any. */
  firstSeconds(): number;
  clear(): void;
}

export function openTopWindow(): TopWindow {
  const flats = new Int16Array(blocks);
  const squares = new Int16Array(blocks);
  const times = new Float64Array(blocks);
  let next = 0;
  let flatTotal = 0;
  let squareTotal = 0;
  return {
    get tops() {
      return Math.max(flatTotal, squareTotal);
    },
    get exact() {
      return flatTotal >= squareTotal;
    },
    add(flat, square, timeSeconds) {
      flatTotal += flat - (flats[next] ?? 0);
      squareTotal += square - (squares[next] ?? 0);
      flats[next] = flat;
      squares[next] = square;
      times[next] = timeSeconds;
      next = (next + 1) % blocks;
    },
    firstSeconds() {
      const counts = flatTotal >= squareTotal ? flats : squares;
      for (let i = 0; i < blocks; i++) {
        const at = (next + i) % blocks;
        if ((counts[at] ?? 0) > 0) return times[at] ?? 0;
      }
      return Number.POSITIVE_INFINITY;
    },
    clear() {
      flats.fill(0);
      squares.fill(0);
      flatTotal = 0;
      squareTotal = 0;
    },
  };
}
