/** How many of the latest pulses are kept: sound may come seconds after the pictures it belongs to. */
const kept = 8;

/** Test signals repeat every half second to every ten seconds; what comes faster is a strobe. */
const leastIntervalSeconds = 0.4;

/** As many pulses in a row make three pairs. */
export const pulsesNeeded = 3;

/** The latest pulses of one kind: flashes of the picture, or beeps of a sound track. */
export interface PulseTrain {
  /** How many are known, at most 8. */
  readonly count: number;
  /** Counted back from the latest, which is 0. */
  startSeconds(back: number): number;
  endSeconds(back: number): number;
  add(startSeconds: number, endSeconds: number): void;
  /** Forgets what went before: it was no test signal, or it is over. */
  clear(): void;
  /** Time from pulse to pulse, where the latest three are equally far apart; else undefined. */
  intervalSeconds(toleranceSeconds: number): number | undefined;
}

export function openPulseTrain(): PulseTrain {
  const starts = new Float64Array(kept);
  const ends = new Float64Array(kept);
  let added = 0;
  let count = 0;

  const startSeconds = (back: number) => starts[(added - 1 - back + kept) % kept] as number;

  return {
    get count() {
      return count;
    },
    startSeconds,
    endSeconds: (back) => ends[(added - 1 - back + kept) % kept] as number,
    add(start, end) {
      starts[added % kept] = start;
      ends[added % kept] = end;
      added++;
      count = Math.min(kept, count + 1);
    },
    clear() {
      added = 0;
      count = 0;
    },
    intervalSeconds(toleranceSeconds) {
      if (count < pulsesNeeded) return undefined;
      const latest = startSeconds(0) - startSeconds(1);
      const before = startSeconds(1) - startSeconds(2);
      if (Math.abs(latest - before) > toleranceSeconds) return undefined;
      const interval = (latest + before) / 2;
      return interval >= leastIntervalSeconds ? interval : undefined;
    },
  };
}
