import type { z } from "zod";
import type { JsonObject } from "../json.ts";
import { ConflictError } from "../ports/errors.ts";
import type { Outgoing } from "../ports/outgoing.ts";
import type { Listing, Page, Row, RowKey, RowQuery, Table } from "../ports/table.ts";

/** A value as it stands in its row. */
export interface Stored<Value> {
  readonly value: Value;
  readonly version: number;
}

/** What a row is to become. */
export interface Change<Value> {
  readonly value: Value;
  readonly outbox?: readonly Outgoing[];
}

/** Rows that hold values of one type, which are checked when they are read. */
export interface Rows<Value> {
  get(key: RowKey): Promise<Stored<Value> | null>;
  /** @throws ConflictError where another version stands there */
  put(key: RowKey, replaces: number, change: Change<Value>): Promise<Stored<Value>>;
  /**
   * Decides on what stands there, again for as long as somebody else is faster.
   *
   * @param decide gives null where nothing is to be written
   * @returns the row as it stands now; null where there is none
   */
  change(key: RowKey, decide: (stored: Stored<Value> | null) => Change<Value> | null): Promise<Stored<Value> | null>;
  remove(key: RowKey, version: number): Promise<void>;
  query(partition: string, query: RowQuery): Promise<Page<Stored<Value>>>;
  list(list: string, query: RowQuery): Promise<Page<Stored<Value>>>;
}

/** Where a value is listed, and for how long it is kept. */
export interface Shelf<Value> {
  readonly listing?: (value: Value) => Listing | undefined;
  readonly expiresAt?: (value: Value) => Date | undefined;
}

/** Writers that meet on one row are few; more rounds than this are a fault. */
const mostRounds = 20;

export function openRows<Value>(table: Table, schema: z.ZodType<Value>, shelf: Shelf<Value> = {}): Rows<Value> {
  const read = ({ value, version }: Row): Stored<Value> => ({ value: schema.parse(value), version });
  const readPage = ({ items, next }: Page<Row>) => ({ items: items.map(read), next });

  async function get(key: RowKey): Promise<Stored<Value> | null> {
    const row = await table.get(key);
    return row && read(row);
  }

  async function put(key: RowKey, replaces: number, { value, outbox = [] }: Change<Value>): Promise<Stored<Value>> {
    const listing = shelf.listing?.(value);
    const expiresAt = shelf.expiresAt?.(value);
    const { version } = await table.write({
      key,
      replaces,
      outbox,
      // Of every schema here, so that what is read is what was written.
      value: value as JsonObject,
      ...(listing && { listing }),
      ...(expiresAt && { expiresAt }),
    });
    return { value, version };
  }

  return {
    get,
    put,
    async change(key, decide) {
      for (let round = 1; ; round++) {
        const stored = await get(key);
        const change = decide(stored);
        if (!change) return stored;
        try {
          return await put(key, stored?.version ?? 0, change);
        } catch (error) {
          if (!(error instanceof ConflictError) || round === mostRounds) throw error;
        }
      }
    },
    remove: (key, version) => table.remove(key, version),
    query: async (partition, query) => readPage(await table.query(partition, query)),
    list: async (list, query) => readPage(await table.list(list, query)),
  };
}
