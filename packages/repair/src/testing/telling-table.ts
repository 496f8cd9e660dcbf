import type { Event } from "@glasswatch/core/events/event";
import type { Table } from "@glasswatch/core/ports/table";

/** The table, and the events that were written into it, for who takes them out. */
export function tellingTable(written: Table): { readonly table: Table; readonly told: Event[] } {
  const told: Event[] = [];
  const table: Table = {
    ...written,
    async write(write) {
      const row = await written.write(write);
      for (const outgoing of write.outbox ?? []) if ("event" in outgoing) told.push(outgoing.event);
      return row;
    },
  };
  return { table, told };
}
