import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { type Silence, silenceSchema } from "../silence.ts";
import { openRows, type Stored } from "./rows.ts";

/** Times in which nobody is told of some defects. */
export interface Silences {
  get(id: string): Promise<Stored<Silence> | null>;
  /** @throws ConflictError where there is one of this id */
  create(silence: Silence): Promise<Stored<Silence>>;
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
    create: (silence) => rows.put(keyOf(silence.id), 0, { value: silence }),
    remove: (id, version) => rows.remove(keyOf(id), version),
    list: (page) => rows.list("silences", page),
  };
}

function keyOf(id: string): RowKey {
  return { partition: `silence#${id}`, sort: "silence" };
}
