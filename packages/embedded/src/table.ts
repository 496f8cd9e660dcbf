import { ConflictError } from "@glasswatch/core/ports/errors";
import { rowJson } from "@glasswatch/core/ports/limits";
import type { RowKey, Table } from "@glasswatch/core/ports/table";
import type { Changes } from "./changes.ts";
import type { Database } from "./database.ts";
import type { Messages } from "./messages.ts";
import { openPages } from "./pages.ts";
import type { Routing } from "./routing.ts";
import { rowOf, type StoredRow, storedColumns } from "./rows.ts";

export interface TableOptions {
  readonly database: Database;
  readonly messages: Messages;
  readonly changes: Changes;
  readonly routing: Routing;
  readonly now: () => Date;
}

/** In one transaction: others want to write, too. */
const sweepMost = 500;

export interface OpenTable {
  readonly table: Table;
  /** Deletes rows that have expired. */
  sweep(): Promise<void>;
}

/** Rows, and with each write, in the same transaction, the messages that it causes. */
export function openTable({ database, messages, changes, routing, now }: TableOptions): OpenTable {
  const pages = openPages(database, now);
  const nowSeconds = () => now().getTime() / 1000;
  const alive = "partition = ? AND sort = ? AND (expires_at IS NULL OR expires_at > ?)";
  const select = database.statement<StoredRow>(`SELECT ${storedColumns} FROM rows WHERE ${alive}`);
  const selectVersion = database.statement<{ version: number }>(`SELECT version FROM rows WHERE ${alive}`);
  const put = database.statement(`INSERT OR REPLACE INTO rows (${storedColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const removeRow = database.statement("DELETE FROM rows WHERE partition = ? AND sort = ?");

  const removeExpired = database.statement(
    `DELETE FROM rows WHERE rowid IN (SELECT rowid FROM rows WHERE expires_at <= ? LIMIT ${sweepMost})`,
  );

  /** Within a write. */
  function checkVersion({ partition, sort }: RowKey, expected: number): void {
    const version = selectVersion.get(partition, sort, nowSeconds())?.version ?? 0;
    if (version === expected) return;
    const found = version === 0 ? "there is none" : `it is at version ${version}`;
    throw new ConflictError(`row ${partition} ${sort}: version ${expected} was to be replaced, and ${found}`);
  }

  const table: Table = {
    get: ({ partition, sort }) =>
      database.read(() => {
        const stored = select.get(partition, sort, nowSeconds());
        return stored ? rowOf(stored) : null;
      }),

    async write({ key, value, listing, expiresAt, replaces, outbox = [] }) {
      const stored: StoredRow = {
        ...key,
        version: replaces + 1,
        value: rowJson(value),
        list: listing?.list ?? null,
        list_order: listing?.order ?? null,
        expires_at: expiresAt ? Math.ceil(expiresAt.getTime() / 1000) : null,
      };
      const caused = routing.messagesOf(outbox);
      await database.write(() => {
        checkVersion(key, replaces);
        const { partition, sort, version, list, list_order, expires_at } = stored;
        put.run(partition, sort, version, stored.value, list, list_order, expires_at);
        messages.add(caused);
      });
      if (caused.length > 0) changes.tell();
      return rowOf(stored);
    },

    async remove(key, version) {
      await database.write(() => {
        checkVersion(key, version);
        removeRow.run(key.partition, key.sort);
      });
    },

    query: pages.query,
    list: pages.list,
  };

  return {
    table,
    async sweep() {
      while ((await database.write(() => removeExpired.run(nowSeconds()))) === sweepMost);
    },
  };
}
