/** What of the process the wish to stop comes from; a test passes an emitter of its own. */
export interface SignalSource {
  on(event: "SIGINT" | "SIGTERM" | "SIGHUP" | "message" | "disconnect", listener: (message?: unknown) => void): unknown;
  exit(code: number): void;
  /** The channel to bin/glasswatch.js, where that runs on a Node of its own. */
  readonly channel?: { unref(): void } | null | undefined;
  readonly connected?: boolean;
  disconnect?(): void;
}

export interface StopSignal {
  readonly signal: AbortSignal;
  /** Lets go of the channel to the parent, so that the process can end. */
  release(): void;
}

/** Exit code of a program that a second Ctrl-C ended: 128 + SIGINT. */
const interruptedExitCode = 130;

/**
 * The first Ctrl-C asks for an orderly stop, the second ends the process at once. SIGTERM, SIGHUP and the loss of the
 * parent only ever ask: `timeout` and supervisors send the same signal to a whole group and more than once.
 *
 * Under bin/glasswatch.js one Ctrl-C on a terminal arrives twice, as a signal and as the parent's message, while a
 * `kill` of either process arrives once; so the two are counted apart and the larger count holds.
 */
export function stopSignal(source: SignalSource): StopSignal {
  const controller = new AbortController();
  const counts = { signalled: 0, told: 0 };
  let released = false;
  const ask = (): void => controller.abort();
  const count = (way: keyof typeof counts): void => {
    counts[way] += 1;
    if (Math.max(counts.signalled, counts.told) > 1) source.exit(interruptedExitCode);
    else ask();
  };
  source.on("SIGINT", () => count("signalled"));
  source.on("SIGTERM", ask);
  source.on("SIGHUP", ask);
  source.on("message", (message) => {
    if (message === "interrupt") count("told");
  });
  source.on("disconnect", () => {
    if (!released) ask();
  });
  source.channel?.unref();
  return {
    signal: controller.signal,
    release: () => {
      released = true;
      if (source.connected) source.disconnect?.();
    },
  };
}
