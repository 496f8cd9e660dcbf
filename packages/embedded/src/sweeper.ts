import { openAlarm } from "./alarm.ts";

export interface Sweeper {
  close(): Promise<void>;
}

const everyMs = 60_000;

/** Does what has to be done now and then: at once, and every minute. */
export function openSweeper(sweeps: readonly (() => Promise<void>)[]): Sweeper {
  const alarm = openAlarm();
  let closing = false;

  async function sweepUntilClosed(): Promise<void> {
    while (!closing) {
      // What is refused now is done a minute later.
      for (const sweep of sweeps) await sweep().catch(() => {});
      if (!closing) await alarm.wait(everyMs);
    }
  }

  const sweeping = sweepUntilClosed();
  return {
    async close() {
      closing = true;
      alarm.ring();
      await sweeping;
    },
  };
}
