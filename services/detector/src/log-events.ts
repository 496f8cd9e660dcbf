import type { Table } from "@glasswatch/core/ports/table";
import type { Logger } from "pino";

/**
 * A line for each event that left with a write, with the trace that consumers log, too: what was found, told and repaired can
 * be followed from here.
 */
export function logEvents(table: Table, log: Logger): Table {
  return {
    ...table,
    async write(write) {
      const row = await table.write(write);
      for (const outgoing of write.outbox ?? []) {
        if (!("event" in outgoing)) continue;
        const { "detail-type": event, detail } = outgoing.event;
        const { streamId, idempotencyKey, traceparent } = detail;
        log.info({ event, streamId, idempotencyKey, traceparent }, "told");
      }
      return row;
    },
  };
}
