import type { JsonValue } from "@glasswatch/core/json";
import type { QueueState } from "@glasswatch/core/ports/queues";
import type { QueueDeclaration } from "@glasswatch/core/queues";
import type { Database } from "./database.ts";
import type { RoutedMessage } from "./routing.ts";

/** A message as it was taken. Its number and its count together are that of one taking. */
export interface Taken {
  readonly id: number;
  readonly body: JsonValue;
  readonly receiveCount: number;
}

/** As long as SQS keeps a message at most. */
const keepMs = 14 * 24 * 3600 * 1000;

/** Another try follows after half a second, then twice as late each time, but not later than the visibility time-out. */
function retryDelayMs(receiveCount: number, visibilitySeconds: number): number {
  return Math.min(500 * 2 ** (receiveCount - 1), visibilitySeconds * 1000);
}

/**
 * The messages of all queues. Visibility is counted by the machine's clock, which all processes on it share.
 *
 * A message's row is there until it is done: dead, hidden (`visible_at` in the future) or waiting.
 */
export function openMessages(database: Database) {
  const insert = database.statement("INSERT INTO messages (queue, body, sent_at, visible_at) VALUES (?, ?, ?, ?)");
  const visible = "queue = ? AND dead = 0 AND visible_at <= ?";
  const anyVisible = database.statement<{ id: number }>(`SELECT id FROM messages WHERE ${visible} LIMIT 1`);
  const take = database.statement<{ id: number; body: string; receive_count: number }>(
    `UPDATE messages SET receive_count = receive_count + 1, visible_at = ? WHERE id IN
       (SELECT id FROM messages WHERE ${visible} ORDER BY visible_at, id LIMIT ?)
     RETURNING id, body, receive_count`,
  );
  const next = database.statement<{ at: number | null }>(
    "SELECT min(visible_at) AS at FROM messages WHERE queue = ? AND dead = 0",
  );
  const remove = database.statement("DELETE FROM messages WHERE id = ?");
  const bury = database.statement("UPDATE messages SET dead = 1 WHERE id = ? AND receive_count = ?");
  const hide = database.statement("UPDATE messages SET visible_at = ? WHERE id = ? AND receive_count = ? AND dead = 0");
  const counts = database.statement<{ waiting: number; in_flight: number; dead: number; oldest: number | null }>(
    `SELECT coalesce(sum(dead = 0 AND visible_at <= ?1), 0) AS waiting,
       coalesce(sum(dead = 0 AND visible_at > ?1), 0) AS in_flight,
       coalesce(sum(dead), 0) AS dead,
       min(iif(dead = 0 AND visible_at <= ?1, sent_at, NULL)) AS oldest
     FROM messages WHERE queue = ?2`,
  );
  const raise = database.statement(
    `INSERT INTO messages (queue, body, sent_at, visible_at)
     SELECT queue, body, ?, ? FROM messages WHERE queue = ? AND dead = 1 ORDER BY id`,
  );
  const removeDead = database.statement("DELETE FROM messages WHERE queue = ? AND dead = 1");
  const removeOld = database.statement(
    "DELETE FROM messages WHERE id IN (SELECT id FROM messages ORDER BY id LIMIT 1000) AND sent_at < ?",
  );
  const showHidden = database.statement(
    "UPDATE messages SET visible_at = ? WHERE queue = ? AND dead = 0 AND visible_at > ?",
  );

  return {
    /** Within a write. */
    add(messages: readonly RoutedMessage[]): void {
      const now = Date.now();
      for (const { queue, json } of messages) insert.run(queue, json, now, now);
    },

    /** Takes so many at most, in about the order in which they came. */
    async take({ name, visibilitySeconds, tries }: QueueDeclaration, most: number): Promise<readonly Taken[]> {
      if (!(await database.read(() => anyVisible.get(name, Date.now())))) return [];
      const rows = await database.write(() => {
        const now = Date.now();
        const taken = take.all(now + visibilitySeconds * 1000, name, now, most);
        // Whoever took these last never said how it went.
        for (const row of taken) if (row.receive_count > tries) bury.run(row.id, row.receive_count);
        return taken.filter(({ receive_count }) => receive_count <= tries);
      });
      return rows
        .map(({ id, body, receive_count }) => ({ id, body: JSON.parse(body), receiveCount: receive_count }))
        .toSorted((a, b) => a.id - b.id);
    },

    /** Also where it was taken again since: the work is done. */
    async done({ id }: Taken): Promise<void> {
      await database.write(() => remove.run(id));
    },

    async failed({ visibilitySeconds, tries }: QueueDeclaration, { id, receiveCount }: Taken): Promise<void> {
      if (receiveCount >= tries) await database.write(() => bury.run(id, receiveCount));
      else {
        const at = Date.now() + retryDelayMs(receiveCount, visibilitySeconds);
        await database.write(() => hide.run(at, id, receiveCount));
      }
    },

    /** Keeps messages hidden for another visibility time-out. */
    async extend({ visibilitySeconds }: QueueDeclaration, taken: readonly Taken[]): Promise<void> {
      await database.write(() => {
        const until = Date.now() + visibilitySeconds * 1000;
        for (const { id, receiveCount } of taken) hide.run(until, id, receiveCount);
      });
    },

    /** How long until a message of the queue may be taken; null where there is none. */
    async nextInMs(queue: string): Promise<number | null> {
      const at = (await database.read(() => next.get(queue)))?.at ?? null;
      return at === null ? null : Math.max(0, at - Date.now());
    },

    state(queue: string): Promise<QueueState> {
      return database.read(() => {
        const now = Date.now();
        const { waiting = 0, in_flight = 0, dead = 0, oldest = null } = counts.get(now, queue) ?? {};
        const oldestSeconds = oldest === null ? null : Math.max(0, now - oldest) / 1000;
        return { queue, waiting, inFlight: in_flight, dead, oldestSeconds };
      });
    },

    redrive(queue: string): Promise<number> {
      return database.write(() => {
        const now = Date.now();
        raise.run(now, now, queue);
        return removeDead.run(queue);
      });
    },

    /** Deletes what nobody took in all that time, and shows what a clock that was set back would hide for too long. */
    sweep(queues: readonly QueueDeclaration[]): Promise<void> {
      return database.write(() => {
        const now = Date.now();
        removeOld.run(now - keepMs);
        for (const { name, visibilitySeconds } of queues) {
          showHidden.run(now, name, now + visibilitySeconds * 1000);
        }
      });
    },
  };
}

export type Messages = ReturnType<typeof openMessages>;
