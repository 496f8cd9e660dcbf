import type { SQLInputValue } from "node:sqlite";
import { readCursor, writeCursor } from "@glasswatch/core/ports/cursor";
import { checkPageLimit } from "@glasswatch/core/ports/limits";
import type { Page, Row, RowQuery, Table } from "@glasswatch/core/ports/table";
import type { Database } from "./database.ts";
import { rowOf, type StoredRow, storedColumns } from "./rows.ts";

/** An order in which rows are read: by the first column as it was asked for, by the others where that is the same. */
interface Order {
  readonly within: "partition" | "list";
  readonly columns: readonly (keyof StoredRow)[];
}

const ofPartition: Order = { within: "partition", columns: ["sort"] };
const ofList: Order = { within: "list", columns: ["list_order", "partition", "sort"] };

/** SQLite compares text by its UTF-8 bytes, as the port asks. */
export function openPages(database: Database, now: () => Date): Pick<Table, "query" | "list"> {
  async function read({ within, columns }: Order, name: string, query: RowQuery): Promise<Page<Row>> {
    const { limit, after, descending = false, prefix, below, above } = query;
    checkPageLimit(limit);
    const scope = [within, name];
    const by = columns[0];
    const conditions: (readonly [string, ...SQLInputValue[]])[] = [
      [`${within} = ?`, name],
      ["(expires_at IS NULL OR expires_at > ?)", now().getTime() / 1000],
    ];
    if (prefix !== undefined) conditions.push([`${by} >= ?`, prefix]);
    if (above !== undefined) conditions.push([`${by} > ?`, above]);
    const end = below ?? (prefix === undefined ? undefined : endOfPrefix(prefix));
    if (end !== undefined) conditions.push([`${by} < ?`, end]);
    if (after !== undefined) {
      const place = `(${columns.join(", ")}) ${descending ? "<" : ">"} (${columns.map(() => "?").join(", ")})`;
      conditions.push([place, ...readCursor(scope, after)]);
    }
    const statement = database.statement<StoredRow>(
      `SELECT ${storedColumns} FROM rows WHERE ${conditions.map(([condition]) => condition).join(" AND ")}
       ORDER BY ${columns.map((column) => `${column} ${descending ? "DESC" : "ASC"}`).join(", ")} LIMIT ?`,
    );
    // One more than asked for tells whether there is another page.
    const found = await database.read(() => statement.all(...conditions.flatMap(([, ...values]) => values), limit + 1));
    const stored = found.slice(0, limit);
    const last = stored.at(-1);
    const next =
      last && found.length > limit
        ? writeCursor(
            scope,
            columns.map((column) => String(last[column])),
          )
        : null;
    return { items: stored.map(rowOf), next };
  }

  return {
    query: (partition, query) => read(ofPartition, partition, query),
    list: (list, query) => read(ofList, list, query),
  };
}

/** The smallest text, by UTF-8 bytes, that is larger than every text with this prefix; undefined where there is none. */
function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (letter) => letter.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Surrogates are no characters.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
