/** What a loop waits for: a time, unless it is woken before. */
export interface Alarm {
  ring(): void;
  /** From here on rings count. A loop resets before it looks, so that what happens while it looks is not missed. */
  reset(): void;
  /** Resolves when so much time is over, or it rang since the last reset. */
  wait(milliseconds: number): Promise<void>;
}

export function openAlarm(): Alarm {
  let rung = false;
  let wake = () => {};
  return {
    ring() {
      rung = true;
      wake();
    },
    reset() {
      rung = false;
    },
    async wait(milliseconds) {
      if (rung) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds);
      wake = resolve;
      await promise;
      clearTimeout(timer);
    },
  };
}
