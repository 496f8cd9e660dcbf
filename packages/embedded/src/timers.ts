import type { Timers } from "@glasswatch/core/ports/timers";
import { openAlarm } from "./alarm.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./database.ts";
import type { Messages } from "./messages.ts";
import type { Routing } from "./routing.ts";

export interface TimersOptions {
  readonly database: Database;
  readonly messages: Messages;
  readonly changes: Changes;
  readonly routing: Routing;
  readonly now: () => Date;
}

export interface OpenTimers {
  readonly timers: Timers;
  close(): Promise<void>;
}

/** A timer of a process that is gone is told so late at most. */
const longestWaitMs = 1000;

/** In one transaction; what is due beyond that follows in the next. */
const most = 100;

/** Every process tells whatever is due: the event goes into its queues in the transaction that deletes the timer. */
export function openTimers({ database, messages, changes, routing, now }: TimersOptions): OpenTimers {
  const put = database.statement("INSERT OR REPLACE INTO timers (key, due_at, event) VALUES (?, ?, ?)");
  const remove = database.statement("DELETE FROM timers WHERE key = ?");
  const selectDue = database.statement<{ key: string; event: string }>(
    "SELECT key, event FROM timers WHERE due_at <= ? ORDER BY due_at LIMIT ?",
  );
  const selectNext = database.statement<{ at: number | null }>("SELECT min(due_at) AS at FROM timers");
  const alarm = openAlarm();
  let closing = false;

  async function nextInMs(): Promise<number> {
    const at = (await database.read(() => selectNext.get()))?.at ?? null;
    return at === null ? longestWaitMs : Math.min(longestWaitMs, Math.max(0, at - now().getTime()));
  }

  async function tellDue(): Promise<void> {
    await database.write(() => {
      for (const { key, event } of selectDue.all(now().getTime(), most)) {
        messages.add(routing.messagesOf([{ event: JSON.parse(event) }]));
        remove.run(key);
      }
    });
    changes.tell();
  }

  /** @returns how long there is nothing to do, in milliseconds */
  async function step(): Promise<number> {
    const idleMs = await nextInMs();
    if (idleMs === 0) await tellDue();
    return idleMs;
  }

  async function tellUntilClosed(): Promise<void> {
    while (!closing) {
      alarm.reset();
      const idleMs = await step().catch(() => longestWaitMs);
      if (idleMs > 0 && !closing) await alarm.wait(idleMs);
    }
  }

  const telling = tellUntilClosed();
  return {
    timers: {
      async at(key, dueAt, event) {
        // What cannot be routed is refused now: when it is due it would hold up the others.
        routing.messagesOf([{ event }]);
        await database.write(() => put.run(key, dueAt.getTime(), JSON.stringify(event)));
        alarm.ring();
      },
      async cancel(key) {
        await database.write(() => remove.run(key));
      },
    },
    async close() {
      closing = true;
      alarm.ring();
      await telling;
    },
  };
}
