import { z } from "zod";
import { type Event, eventSchema } from "../events/event.ts";
import type { RowKey, Table } from "../ports/table.ts";
import { wasFirst } from "../ports/was-first.ts";
import { openRows } from "./rows.ts";

const loggedSchema = z.object({ loggedAt: z.iso.datetime(), event: eventSchema });

export interface LogPage {
  readonly events: readonly Event[];
  /** Ask for what comes after this next, now or later; as it was given where nothing came. */
  readonly position: string;
}

/** Every event of the last days, in the order in which they were logged. */
export interface EventLog {
  /** An event that is logged already is logged once. */
  append(event: Event): Promise<void>;
  /** @param position "" from the first on; `endPosition()` for what is still to come */
  after(position: string, limit: number): Promise<LogPage>;
  endPosition(): string;
}

const keepDays = 7;

/** Entries of several writers become visible a little out of order: what is younger than this is not read yet. */
export const settleSeconds = 0.3;

export function openEventLog(table: Table, now: () => Date): EventLog {
  const rows = openRows(table, loggedSchema, {
    listing: ({ loggedAt, event }) => ({ list: "events", order: `${loggedAt}#${event.id}` }),
    expiresAt: ({ loggedAt }) => new Date(Date.parse(loggedAt) + keepDays * 86_400_000),
  });

  const settledAt = () => new Date(now().getTime() - settleSeconds * 1000).toISOString();

  return {
    async append(event) {
      await wasFirst(rows.put(keyOf(event), 0, { value: { loggedAt: now().toISOString(), event } }));
    },
    async after(position, limit) {
      const { items } = await rows.list("events", { limit, above: position });
      const settled = items.filter(({ value }) => value.loggedAt < settledAt());
      const last = settled.at(-1)?.value;
      return {
        events: settled.map(({ value }) => value.event),
        position: last ? `${last.loggedAt}#${last.event.id}` : position,
      };
    },
    endPosition: () => settledAt(),
  };
}

/** Not by its `id`: EventBridge gives an event another each time that it is published. */
function keyOf({ "detail-type": type, detail }: Event): RowKey {
  return { partition: `event#${type}#${detail.idempotencyKey}`, sort: "event" };
}
