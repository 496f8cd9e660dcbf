/** Tells those who wait that there may be something for them in the database. */
export interface Changes {
  /** Something was written here. */
  tell(): void;
  /** @returns a function that ends it */
  watch(listener: () => void): () => void;
}

/**
 * How often it is looked whether other processes have written. Reading SQLite's counter of their writes takes microseconds;
 * with the turns of the event loop, a process that waits takes about one per cent of a core.
 */
const lookEveryMs = 20;

/** What is written here is told at once; what another process writes, within 20 ms. */
export function openChanges(changedElsewhere: () => boolean): Changes {
  const listeners = new Set<() => void>();
  let looking: NodeJS.Timeout | undefined;

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  function look(): void {
    if (changedElsewhere()) tell();
  }

  return {
    tell,
    watch(listener) {
      listeners.add(listener);
      looking ??= setInterval(look, lookEveryMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(looking);
        looking = undefined;
      };
    },
  };
}
