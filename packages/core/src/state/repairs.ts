import type { Event } from "../events/event.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { type Repair, repairSchema } from "../repair.ts";
import { openRows, type Stored } from "./rows.ts";

/** What a repair is to become, and what is told of that. */
export interface RepairStep {
  readonly repair: Repair;
  readonly events: readonly Event[];
}

/** What was done about incidents. */
export interface Repairs {
  get(id: string): Promise<Repair | null>;
  /**
   * Decides on the repair of this id, and tells what that causes in the same write.
   *
   * @param decide gives null where nothing changes
   * @returns the repair as it stands now; null where there is none
   */
  change(id: string, decide: (repair: Repair | null) => RepairStep | null): Promise<Repair | null>;
  /** In the order in which they were requested. */
  list(page: PageRequest): Promise<Page<Repair>>;
}

export function openRepairs(table: Table): Repairs {
  const rows = openRows(table, repairSchema, {
    listing: ({ id, requestedAt }) => ({ list: "repairs", order: `${requestedAt}#${id}` }),
  });

  return {
    get: async (id) => (await rows.get(keyOf(id)))?.value ?? null,
    async change(id, decide) {
      const stored = await rows.change(keyOf(id), (known: Stored<Repair> | null) => {
        const step = decide(known?.value ?? null);
        return step && { value: step.repair, outbox: step.events.map((event) => ({ event })) };
      });
      return stored?.value ?? null;
    },
    async list(page) {
      const { items, next } = await rows.list("repairs", page);
      return { items: items.map(({ value }) => value), next };
    },
  };
}

function keyOf(id: string): RowKey {
  return { partition: `repair#${id}`, sort: "repair" };
}
