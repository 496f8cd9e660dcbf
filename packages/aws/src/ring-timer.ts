import { setTimeout as wait } from "node:timers/promises";
import type { JsonValue } from "@glasswatch/core/json";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import type { Ports } from "@glasswatch/core/ports/ports";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import { openTimerRows, ringSchema, timerKey } from "./timer-rows.ts";

/** The delay was measured by another clock: so much of a difference is waited for. */
const mostSkewSeconds = 20;

/** Handles a message of the queue `timers`: puts the timer's event on the bus, where it still stands as it was set. */
export async function ringTimer(
  body: JsonValue,
  { table, bus }: Pick<Ports, "table" | "bus">,
  now: () => Date,
): Promise<void> {
  const { key, token } = ringSchema.parse(body);
  const rows = openTimerRows(table);
  const stored = await rows.get(timerKey(key));
  if (stored?.value.token !== token) return;

  const earlyMs = Date.parse(stored.value.dueAt) - now().getTime();
  if (earlyMs > mostSkewSeconds * 1000) throw new Error(`timer ${key} rang ${earlyMs / 1000} s early`);
  if (earlyMs > 0) await wait(earlyMs);

  const refused = await bus.publish([stored.value.event]);
  if (refused.length > 0) throw new UnavailableError("the bus refused the event of a timer");
  await wasFirst(rows.remove(timerKey(key), stored.version));
}
