import { eventSchema } from "@glasswatch/core/events/event";
import type { RowKey, Table } from "@glasswatch/core/ports/table";
import { openRows, type Rows } from "@glasswatch/core/state/rows";
import { z } from "zod";

const timerSchema = z.object({
  /** Tells this setting of the timer from those before. */
  token: z.string(),
  dueAt: z.iso.datetime(),
  event: eventSchema,
});

export type Timer = z.infer<typeof timerSchema>;

/** What is sent when a timer is due. */
export const ringSchema = z.object({ key: z.string(), token: z.string() });

/** A message on its way may still ring that long after. */
const keepDays = 14;

/** Timers as they are set: a message cannot be taken back, so whether it still means anything stands here. */
export function openTimerRows(table: Table): Rows<Timer> {
  return openRows(table, timerSchema, {
    expiresAt: ({ dueAt }) => new Date(Date.parse(dueAt) + keepDays * 86_400_000),
  });
}

export function timerKey(key: string): RowKey {
  return { partition: `timer#${key}`, sort: "timer" };
}
