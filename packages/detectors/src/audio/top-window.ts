const blocks = 100;

/** Counts what happened in the last second, block by block. */
export interface TopWindow {
  /** In the last second. */
  tops: number;
  /** Takes the next block of 10 ms. */
  add(tops: number, timeSeconds: number): void;
  /** Start of the earliest block of the last second that had any. */
  firstSeconds(): number;
}

export function openTopWindow(): TopWindow {
  const counts = new Uint16Array(blocks);
  const times = new Float64Array(blocks);
  let next = 0;
  const window: TopWindow = {
    tops: 0,
    add(tops, timeSeconds) {
      window.tops += tops - (counts[next] ?? 0);
      counts[next] = tops;
      times[next] = timeSeconds;
      next = (next + 1) % blocks;
    },
    firstSeconds() {
      for (let i = 0; i < blocks; i++) {
        const at = (next + i) % blocks;
        if ((counts[at] ?? 0) > 0) return times[at] ?? 0;
      }
      return Number.POSITIVE_INFINITY;
    },
  };
  return window;
}
