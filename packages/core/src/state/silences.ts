import type { Event } from "../events/event.ts";
import { makeEvent } from "../events/make-event.ts";
import { openTrace } from "../events/traceparent.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { wasFirst } from "../ports/was-first.ts";
import { type Silence, silenceSchema } from "../silence.ts";
import { openRows, type Stored } from "./rows.ts";

/** Times in which nobody is told of some defects. What is open is looked at again when one comes or goes. */
export interface Silences {
  get(id: string): Promise<Stored<Silence> | null>;
  /** @throws ConflictError where there is one of this id */
  create(silence: Silence): Promise<Stored<Silence>>;
  /** @throws ConflictError where another version stands there, or none */
  remove(id: string, version: number): Promise<void>;
  /** The oldest first. Those that are over are gone some time after. */
  list(page: PageRequest): Promise<Page<Stored<Silence>>>;
}

export function openSilences(table: Table): Silences {
  const rows = openRows(table, silenceSchema, {
    listing: ({ id, createdAt }) => ({ list: "silences", order: `${createdAt}#${id}` }),
    expiresAt: ({ to }) => (to === null ? undefined : new Date(to)),
  });

  return {
    get: (id) => rows.get(keyOf(id)),
    create: (silence) =>
      rows.put(keyOf(silence.id), 0, { value: silence, outbox: [{ event: changed(silence.id, 1) }] }),
    async remove(id, version) {
      const known = await rows.get(keyOf(id));
      if (known?.version !== version) return rows.remove(keyOf(id), version);
      // A row that goes tells nothing, so it ends first, which counts as gone where it had begun.
      const value = { ...known.value, to: known.value.from };
      const ended = await rows.put(keyOf(id), version, { value, outbox: [{ event: changed(id, version + 1) }] });
      await wasFirst(rows.remove(keyOf(id), ended.version));
    },
    list: (page) => rows.list("silences", page),
  };
}

/** Due at once: whoever tells people of incidents looks at them anew. */
function changed(id: string, revision: number): Event {
  const data = { owner: "incidents", id, what: "silence" } as const;
  const facts = {
    streamId: "-",
    entityId: `silence-${id}`,
    revision,
    occurredAt: new Date(),
    traceparent: openTrace(),
  };
  return makeEvent({ detailType: "timer.due", ...facts, data });
}

function keyOf(id: string): RowKey {
  return { partition: `silence#${id}`, sort: "silence" };
}
