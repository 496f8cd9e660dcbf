/** Measures how long a source is waited for. */
export interface WaitMeter {
  begin(): void;
  /** How long it was waited since `begin`, in seconds, to a tenth. */
  end(): number;
  /** How long it is being waited now; 0 while it is not. */
  readonly waitedSeconds: number;
  close(): void;
}

const tickSeconds = 0.1;

/**
 * Counts the ticks of a timer and does not look at the clock: a process that gets no processor time does not tick either,
 * so the lack of that is not taken for a source that has nothing to give.
 */
export function openWaitMeter(): WaitMeter {
  let waiting = false;
  let ticks = 0;
  const timer = setInterval(() => {
    if (waiting) ticks++;
  }, tickSeconds * 1000);

  return {
    begin() {
      waiting = true;
      ticks = 0;
    },
    end() {
      waiting = false;
      return ticks * tickSeconds;
    },
    get waitedSeconds() {
      return waiting ? ticks * tickSeconds : 0;
    },
    close: () => clearInterval(timer),
  };
}
