/** Time as a source of media lives through it. */
export interface PausableClock {
  /** Since `start`, without the time it was held; 0 before. */
  readonly seconds: number;
  /** Without effect where it runs already. */
  start(): void;
  /** At once, or as soon as it is so far. */
  hold(atSeconds?: number): void;
  /** Goes on after `hold`. */
  go(): void;
}

export function openPausableClock(): PausableClock {
  let passedMs = 0;
  let runningSinceMs: number | undefined;
  let mostMs = Number.POSITIVE_INFINITY;

  function milliseconds(): number {
    const runningMs = runningSinceMs === undefined ? 0 : performance.now() - runningSinceMs;
    return Math.min(mostMs, passedMs + runningMs);
  }

  return {
    get seconds() {
      return milliseconds() / 1000;
    },
    start() {
      runningSinceMs ??= performance.now();
    },
    hold(atSeconds = 0) {
      mostMs = Math.max(milliseconds(), 1000 * atSeconds);
    },
    go() {
      passedMs = milliseconds();
      if (runningSinceMs !== undefined) runningSinceMs = performance.now();
      mostMs = Number.POSITIVE_INFINITY;
    },
  };
}
