import { z } from "zod";
import type { Event } from "../events/event.ts";
import { type Incident, incidentSchema } from "../incident.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { type Change, openRows, type Stored } from "./rows.ts";

export interface IncidentChange {
  readonly incident: Incident;
  readonly events: readonly Event[];
}

export interface Incidents {
  get(id: string): Promise<Incident | null>;
  /** The incident that a stream has now, or had last. */
  latestOf(streamId: string): Promise<Incident | null>;
  /**
   * Decides on the incident of this id, and tells what that causes in the same write.
   *
   * @param decide gives null where nothing changes
   */
  change(id: string, streamId: string, decide: (incident: Incident | null) => IncidentChange | null): Promise<void>;
  /** The incident that a finding belongs to, if it belongs to one. */
  of(findingId: string): Promise<string | null>;
  /** A finding belongs to one incident for good. */
  assign(findingId: string, incidentId: string): Promise<void>;
  /** In the order in which they were opened. */
  list(page: PageRequest): Promise<Page<Incident>>;
}

/** Leads from a stream to its latest incident, and from a finding to its own. */
const pointerSchema = z.object({ incidentId: z.string() });

export function openIncidents(table: Table): Incidents {
  const rows = openRows(table, incidentSchema, {
    listing: ({ id, openedAt }) => ({ list: "incidents", order: `${openedAt}#${id}` }),
  });
  const pointers = openRows(table, pointerSchema);

  async function get(id: string): Promise<Incident | null> {
    return (await rows.get(keyOf(id)))?.value ?? null;
  }

  return {
    get,
    async latestOf(streamId) {
      const pointer = await pointers.get(latestKey(streamId));
      return pointer && get(pointer.value.incidentId);
    },
    async change(id, streamId, decide) {
      const stored = await rows.change(keyOf(id), (known: Stored<Incident> | null): Change<Incident> | null => {
        const change = decide(known?.value ?? null);
        return change && { value: change.incident, outbox: change.events.map((event) => ({ event })) };
      });
      if (!stored || stored.value.status === "resolved") return;
      await pointers.change(latestKey(streamId), (pointer) =>
        pointer?.value.incidentId === id ? null : { value: { incidentId: id } },
      );
    },
    of: async (findingId) => (await pointers.get(findingKey(findingId)))?.value.incidentId ?? null,
    async assign(findingId, incidentId) {
      await pointers.change(findingKey(findingId), (known) => (known ? null : { value: { incidentId } }));
    },
    async list(page) {
      const { items, next } = await rows.list("incidents", page);
      return { items: items.map(({ value }) => value), next };
    },
  };
}

function keyOf(id: string): RowKey {
  return { partition: `incident#${id}`, sort: "incident" };
}

function findingKey(id: string): RowKey {
  return { partition: `finding#${id}`, sort: "incident" };
}

function latestKey(streamId: string): RowKey {
  return { partition: `stream#${streamId}`, sort: "incident" };
}
