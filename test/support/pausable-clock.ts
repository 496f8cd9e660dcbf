/** Time as a source of media lives through it. */
export interface PausableClock {
  /** Since `start`, without the time it was held; 0 before. */
  readonly seconds: number;
  /** Without effect where it runs already. */
  start(): void;
  hold(): void;
  /** Goes on after `hold`. */
  go(): void;
}

export function openPausableClock(): PausableClock {
  let passedMs = 0;
  let runningSinceMs: number | undefined;
  let started = false;

  function go(): void {
    runningSinceMs ??= performance.now();
  }

  return {
    get seconds() {
      const runningMs = runningSinceMs === undefined ? 0 : performance.now() - runningSinceMs;
      return (passedMs + runningMs) / 1000;
    },
    start() {
      if (!started) go();
      started = true;
    },
    hold() {
      if (runningSinceMs !== undefined) passedMs += performance.now() - runningSinceMs;
      runningSinceMs = undefined;
    },
    go,
  };
}
