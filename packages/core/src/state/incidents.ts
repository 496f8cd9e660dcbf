import { z } from "zod";
import type { Event } from "../events/event.ts";
import { type Incident, incidentSchema } from "../incident.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { type Change, openRows, type Stored } from "./rows.ts";

/** What an incident is to become, and what is told of that. */
export interface IncidentStep {
  readonly incident: Incident;
  readonly events: readonly Event[];
}

export interface Incidents {
  get(id: string): Promise<Incident | null>;
  /** The incident that what has this key has now, or had last. */
  latestOf(key: string): Promise<Incident | null>;
  /** By the number that people say. */
  numbered(number: number): Promise<Incident | null>;
  /** A number that no incident has; one that is not used after all is left out. */
  nextNumber(): Promise<number>;
  /**
   * Decides on the incident of this id, and tells what that causes in the same write. One that is open is its key's latest.
   *
   * @param decide gives null where nothing changes
   * @returns the incident as it stands now; null where there is none
   */
  change(id: string, decide: (incident: Incident | null) => IncidentStep | null): Promise<Incident | null>;
  /** The incident that a finding belongs to, if it belongs to one. */
  of(findingId: string): Promise<string | null>;
  /** A finding belongs to one incident for good. */
  assign(findingId: string, incidentId: string): Promise<void>;
  /** In the order in which they were opened. */
  list(page: PageRequest): Promise<Page<Incident>>;
}

/** Leads from a key to its latest incident, from a number and from a finding to their own. */
const pointerSchema = z.object({ incidentId: z.string() });

const counterSchema = z.object({ count: z.int().positive() });

export function openIncidents(table: Table): Incidents {
  const rows = openRows(table, incidentSchema, {
    listing: ({ id, openedAt }) => ({ list: "incidents", order: `${openedAt}#${id}` }),
  });
  const pointers = openRows(table, pointerSchema);
  const counters = openRows(table, counterSchema);

  async function get(id: string): Promise<Incident | null> {
    return (await rows.get(keyOf(id)))?.value ?? null;
  }

  return {
    get,
    async latestOf(key) {
      const pointer = await pointers.get(latestKey(key));
      return pointer && get(pointer.value.incidentId);
    },
    async numbered(number) {
      const pointer = await pointers.get(numberKey(number));
      return pointer && get(pointer.value.incidentId);
    },
    async nextNumber() {
      const counted = await counters.change(counterKey, (known) => ({
        value: { count: (known?.value.count ?? 0) + 1 },
      }));
      return counted?.value.count ?? 1;
    },
    async change(id, decide) {
      const stored = await rows.change(keyOf(id), (known: Stored<Incident> | null): Change<Incident> | null => {
        const step = decide(known?.value ?? null);
        return step && { value: step.incident, outbox: step.events.map((event) => ({ event })) };
      });
      if (!stored) return null;
      const { key, number, status } = stored.value;
      await pointers.change(numberKey(number), (known) => (known ? null : { value: { incidentId: id } }));
      if (status !== "resolved") {
        await pointers.change(latestKey(key), (pointer) =>
          pointer?.value.incidentId === id ? null : { value: { incidentId: id } },
        );
      }
      return stored.value;
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

function latestKey(key: string): RowKey {
  return { partition: `incident-key#${key}`, sort: "incident" };
}

function numberKey(number: number): RowKey {
  return { partition: `incident-number#${number}`, sort: "incident" };
}

const counterKey: RowKey = { partition: "incident-numbers", sort: "counter" };
