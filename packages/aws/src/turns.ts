/** One at a time, in the order of asking. */
export interface Turns {
  /** Resolves when it is one's turn. @returns what ends it */
  take(): Promise<() => void>;
}

export function openTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      const { promise, resolve } = Promise.withResolvers<void>();
      const before = last;
      last = promise;
      await before;
      return resolve;
    },
  };
}
