import { z } from "zod";
import type { Event } from "../events/event.ts";
import type { RowKey, Table } from "../ports/table.ts";
import { openRows } from "./rows.ts";

const deliverySchema = z.object({ begunAt: z.iso.datetime(), doneAt: z.iso.datetime().nullable() });

/** Somebody else is at it. If they are killed, it is free again after half a minute. */
export class BeingDeliveredError extends Error {
  override readonly name = "BeingDeliveredError";
}

/** What is told: an event, or what is numbered as events are. */
export interface Delivery {
  readonly "detail-type": string;
  readonly detail: Pick<Event["detail"], "idempotencyKey">;
}

/** What was told to whom: events come at least once, and are to be told once. */
export interface Deliveries {
  /**
   * Does the work, unless it is done already. It is done twice only where its process is killed after it, and before that is
   * noted.
   *
   * @returns whether it was done now
   * @throws BeingDeliveredError, and what the work throws: then it is to be done again
   */
  once(receiver: string, delivery: Delivery, work: () => Promise<void>): Promise<boolean>;
}

/** Longer than any delivery takes. */
const deliverySeconds = 30;

const keepDays = 14;

export function openDeliveries(table: Table, now: () => Date): Deliveries {
  const rows = openRows(table, deliverySchema, {
    expiresAt: ({ begunAt }) => new Date(Date.parse(begunAt) + keepDays * 86_400_000),
  });

  return {
    async once(receiver, delivery, work) {
      const key = keyOf(receiver, delivery);
      const begunAt = now().toISOString();
      const begun = await rows.change(key, (known) => {
        if (known && known.value.doneAt !== null) return null;
        if (known && now().getTime() - Date.parse(known.value.begunAt) < deliverySeconds * 1000) {
          throw new BeingDeliveredError(`${receiver} is being told of ${delivery.detail.idempotencyKey}`);
        }
        return { value: { begunAt, doneAt: null } };
      });
      if (!begun || begun.value.doneAt !== null) return false;
      try {
        await work();
      } catch (error) {
        // Where this is refused, too, it is free again later.
        await rows.remove(key, begun.version).catch(() => {});
        throw error;
      }
      await rows.change(key, () => ({ value: { begunAt, doneAt: now().toISOString() } }));
      return true;
    },
  };
}

function keyOf(receiver: string, { "detail-type": type, detail }: Delivery): RowKey {
  return { partition: `delivery#${receiver}#${type}#${detail.idempotencyKey}`, sort: "delivery" };
}
