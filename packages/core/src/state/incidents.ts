import { z } from "zod";
import type { Event } from "../events/event.ts";
import { type Incident, incidentSchema } from "../incident.ts";
import { ConflictError } from "../ports/errors.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { type IncidentAgenda, incidentAgendaSchema } from "./incident-agenda.ts";
import { type Change, openRows } from "./rows.ts";

/** What an incident is to become, and what is told of that. */
export interface IncidentStep {
  readonly incident: Incident;
  readonly events: readonly Event[];
  /** What is to be done about it, and when; as it was where it is left out. */
  readonly agenda?: IncidentAgenda;
}

/** The way into a key's incident. */
export interface IncidentEntry {
  readonly id: string;
  /** Of which end (its `resolvedAt`) this is the undoing; null where it is open, or is to be opened. */
  readonly reopens: string | null;
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
   * Says into which incident what has this key goes now, so that a key never has two that are open. One that somebody else
   * is about to open or to reopen is given to all who ask.
   *
   * @param choose where none is open: the one to open or to reopen, or null for none. It is given the latest
   */
  enter(key: string, choose: (latest: Incident | null) => IncidentEntry | null): Promise<IncidentEntry | null>;
  /**
   * Decides on the incident of this id, and tells what that causes in the same write.
   *
   * @param decide gives null where nothing changes
   * @returns the incident as it stands now; null where there is none
   */
  change(
    id: string,
    decide: (incident: Incident | null, agenda: IncidentAgenda | null) => IncidentStep | null,
  ): Promise<Incident | null>;
  /** The incident that a finding belongs to, if it belongs to one. */
  of(findingId: string): Promise<string | null>;
  /** A finding belongs to one incident for good. */
  assign(findingId: string, incidentId: string): Promise<void>;
  /** In the order in which they were opened. */
  list(page: PageRequest): Promise<Page<Incident>>;
  /** Those that are not resolved, in the order in which they were opened. */
  listOpen(page: PageRequest): Promise<Page<Incident>>;
}

const recordSchema = z.object({ incident: incidentSchema, agenda: incidentAgendaSchema.nullable() });

/** Leads from a number and from a finding to their incident. */
const pointerSchema = z.object({ incidentId: z.string() });

/** Leads from a key to its latest incident. */
const entrySchema = z.object({ incidentId: z.string(), reopens: z.iso.datetime().nullable() });

/** Lists an incident for as long as it is open, as of its version. */
const openMarkSchema = z.object({
  incidentId: z.string(),
  openedAt: z.iso.datetime(),
  open: z.boolean(),
  version: z.int().positive(),
});

const counterSchema = z.object({ count: z.int().positive() });

/** Writers that meet on one key are few; more rounds than this are a fault. */
const mostRounds = 20;

export function openIncidents(table: Table): Incidents {
  const rows = openRows(table, recordSchema, {
    listing: ({ incident: { id, openedAt } }) => ({ list: "incidents", order: `${openedAt}#${id}` }),
  });
  const openMarks = openRows(table, openMarkSchema, {
    listing: ({ incidentId, openedAt, open }) =>
      open ? { list: "open-incidents", order: `${openedAt}#${incidentId}` } : undefined,
  });
  const entries = openRows(table, entrySchema);
  const pointers = openRows(table, pointerSchema);
  const counters = openRows(table, counterSchema);

  async function get(id: string): Promise<Incident | null> {
    return (await rows.get(keyOf(id)))?.value.incident ?? null;
  }

  /** Also where nothing changed: whoever changed it last may have been killed before this. */
  async function index({ id, number, status, openedAt, version }: Incident, wasOpen: boolean): Promise<void> {
    const open = status !== "resolved";
    await Promise.all([
      pointers.change(numberKey(number), (known) => (known ? null : { value: { incidentId: id } })),
      openMarks.change(openMarkKey(id), (known) => {
        const isNews = open !== wasOpen || open !== (known?.value.open ?? false);
        return isNews && version > (known?.value.version ?? 0)
          ? { value: { incidentId: id, openedAt, open, version } }
          : null;
      }),
    ]);
  }

  return {
    get,
    async latestOf(key) {
      const entry = await entries.get(latestKey(key));
      return entry && get(entry.value.incidentId);
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
    async enter(key, choose) {
      for (let round = 1; ; round++) {
        const known = await entries.get(latestKey(key));
        const latest = known && (await get(known.value.incidentId));
        if (known && (latest?.status !== "resolved" || latest.resolvedAt === known.value.reopens)) {
          return { id: known.value.incidentId, reopens: known.value.reopens };
        }
        const entry = choose(latest);
        if (!entry) return null;
        try {
          const value = { incidentId: entry.id, reopens: entry.reopens };
          await entries.put(latestKey(key), known?.version ?? 0, { value });
          return entry;
        } catch (error) {
          if (!(error instanceof ConflictError) || round === mostRounds) throw error;
        }
      }
    },
    async change(id, decide) {
      let wasOpen = false;
      const stored = await rows.change(keyOf(id), (known): Change<z.infer<typeof recordSchema>> | null => {
        wasOpen = known !== null && known.value.incident.status !== "resolved";
        const step = decide(known?.value.incident ?? null, known?.value.agenda ?? null);
        if (!step) return null;
        const value = { incident: step.incident, agenda: step.agenda ?? known?.value.agenda ?? null };
        return { value, outbox: step.events.map((event) => ({ event })) };
      });
      if (!stored) return null;
      await index(stored.value.incident, wasOpen);
      return stored.value.incident;
    },
    of: async (findingId) => (await pointers.get(findingKey(findingId)))?.value.incidentId ?? null,
    async assign(findingId, incidentId) {
      await pointers.change(findingKey(findingId), (known) => (known ? null : { value: { incidentId } }));
    },
    async list(page) {
      const { items, next } = await rows.list("incidents", page);
      return { items: items.map(({ value }) => value.incident), next };
    },
    async listOpen(page) {
      const { items, next } = await openMarks.list("open-incidents", page);
      const found = await Promise.all(items.map(({ value }) => get(value.incidentId)));
      return { items: found.filter((incident) => incident !== null).filter(isOpen), next };
    },
  };
}

function isOpen({ status }: Incident): boolean {
  return status !== "resolved";
}

function keyOf(id: string): RowKey {
  return { partition: `incident#${id}`, sort: "incident" };
}

function openMarkKey(id: string): RowKey {
  return { partition: `incident#${id}`, sort: "open" };
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
