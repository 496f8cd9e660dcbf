import { setTimeout as after } from "node:timers/promises";
import { portErrorOf, SqliteCode, sqliteCodeOf } from "./storage-errors.ts";

export interface Patience {
  readonly patienceMs: number;
  /** When the caller began to wait, by `performance.now()`. */
  readonly since?: number;
}

/** Other processes hold the lock for a fraction of a millisecond, so the first tries follow quickly. */
const retryMs = [1, 2, 4, 8, 16, 25];

/**
 * Does the work as soon as no other process has the database locked. SQLite's own wait is synchronous, and would hold up
 * everything else in the process.
 *
 * @throws UnavailableError
 */
export async function patiently<Result>(work: () => Result, patience: Patience): Promise<Result> {
  const { patienceMs, since = performance.now() } = patience;
  for (let tries = 0; ; tries++) {
    try {
      return work();
    } catch (error) {
      const worthwhile = sqliteCodeOf(error) === SqliteCode.busy && performance.now() - since < patienceMs;
      if (!worthwhile) throw portErrorOf(error);
      await after((retryMs[tries] ?? 25) * (0.5 + Math.random()));
    }
  }
}
