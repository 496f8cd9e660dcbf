import { InvalidCursorError } from "@glasswatch/core/ports/errors";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { Page, Row, RowQuery } from "@glasswatch/core/ports/table";
import { describe, expect, test, vi } from "vitest";
import { patience } from "../support/patience.ts";
import { given } from "./given.ts";
import type { OpenHarness } from "./harness.ts";

/** In UTF-16 the pair of U+1F600 sorts before U+FFFD; in UTF-8 after it. */
const sorts = ["10", "9", "Z", "a", "a/1", "a/10", "a/2", "b", "~", "é", "\uFFFD", "\u{1F600}"];

const narrowings: readonly (readonly [string, Omit<RowQuery, "limit">, readonly string[]])[] = [
  ["everything", {}, sorts],
  ["the largest first", { descending: true }, sorts.toReversed()],
  ["a prefix", { prefix: "a/1" }, ["a/1", "a/10"]],
  ["a prefix, the largest first", { prefix: "a/", descending: true }, ["a/2", "a/10", "a/1"]],
  ["a prefix that is a row's own", { prefix: "a" }, ["a", "a/1", "a/10", "a/2"]],
  ["a prefix of several bytes", { prefix: "\u{1F600}" }, ["\u{1F600}"]],
  ["a prefix of none", { prefix: "c" }, []],
  ["what is below", { below: "a" }, ["10", "9", "Z"]],
  ["what is below, the largest first", { below: "a/1", descending: true }, ["a", "Z", "9", "10"]],
  ["what is below the smallest", { below: "0" }, []],
  ["what is above", { above: "a" }, sorts.slice(sorts.indexOf("a") + 1)],
  ["what is above the empty text: all", { above: "" }, sorts],
];

type Read = (ports: Ports, query: RowQuery) => Promise<Page<Row>>;

/** Rows in a partition are read by `sort`, rows in a list by `order`: the same promises hold for both. */
const readings = {
  "of a partition": ({ table }, query) => table.query("p", query),
  "of a list": ({ table }, query) => table.list("l", query),
} as const satisfies Readonly<Record<string, Read>>;

async function add({ table }: Ports, sort: string): Promise<void> {
  await table.write({ key: { partition: "p", sort }, value: {}, listing: { list: "l", order: sort }, replaces: 0 });
}

/** A partition `p` and a list `l` with a row for each of `sorts`, and neighbours that belong to neither. */
async function filled(ports: Ports): Promise<void> {
  for (const sort of sorts) await add(ports, sort);
  const listing = { list: "l2", order: "a" };
  await ports.table.write({ key: { partition: "p2", sort: "a" }, value: {}, listing, replaces: 0 });
  await listed(ports, sorts.length);
}

/** A list shows rows as they stood a moment ago. */
async function listed(ports: Ports, rows: number): Promise<void> {
  await vi.waitFor(async () => {
    expect(await walk(ports, readings["of a list"], { limit: 1000 })).toHaveLength(rows);
  }, patience);
}

/** All pages, one after the other. */
async function walk(ports: Ports, read: Read, query: RowQuery): Promise<readonly string[]> {
  const found: string[] = [];
  for (let page = await read(ports, query); ; page = await read(ports, { ...query, after: page.next })) {
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    found.push(...page.items.map(({ key }) => key.sort));
    if (page.next === null) return found;
  }
}

export function pagesContract(open: OpenHarness): void {
  describe.each(Object.entries(readings))("pages %s", (_, read) => {
    test("hold what was asked for, in the order of UTF-8 bytes, whatever their size", async () => {
      const { ports } = await given(open);
      await filled(ports);
      for (const [name, narrowing, expected] of narrowings) {
        for (const limit of [1, 2, 5, 1000]) {
          expect(await walk(ports, read, { ...narrowing, limit }), `${name}, by ${limit}`).toEqual(expected);
        }
      }
    });

    test("go on where the last one ended, whatever was written and removed in between", async () => {
      const { ports } = await given(open);
      await filled(ports);
      const first = await read(ports, { limit: 4 });
      expect(first.items.map(({ key }) => key.sort)).toEqual(["10", "9", "Z", "a"]);
      await ports.table.remove({ partition: "p", sort: "a" }, 1);
      await ports.table.remove({ partition: "p", sort: "b" }, 1);
      await add(ports, "0");
      await add(ports, "a/11");
      await listed(ports, sorts.length);
      const rest = await walk(ports, read, { limit: 3, after: first.next ?? "" });
      expect(rest).toEqual(["a/1", "a/10", "a/11", "a/2", "~", "é", "\uFFFD", "\u{1F600}"]);
    });

    test("refuse a cursor that no page gave", async () => {
      const { ports } = await given(open);
      await filled(ports);
      const { next } = await read(ports, { limit: 2 });
      if (next === null) throw new Error("there are more rows than that");
      const others = Object.values(readings).filter((other) => other !== read);
      const foreign = await others[0]?.(ports, { limit: 2 });
      const cursors = [
        "",
        "x",
        "e30",
        "bnVsbA",
        "a b",
        "\u{1F600}",
        `${next}A`,
        next.slice(0, -2),
        foreign?.next ?? "",
      ];
      for (const after of cursors) {
        await expect(read(ports, { limit: 2, after }), JSON.stringify(after)).rejects.toThrow(InvalidCursorError);
      }
    });

    test.each([0, -1, 1.5, 1001, Number.NaN])("refuse a size of %s", async (limit) => {
      const { ports } = await given(open);
      await expect(read(ports, { limit })).rejects.toThrow(RangeError);
    });
  });

  test("rows of one order in a list are all found, page by page", async () => {
    const { ports } = await given(open);
    const rows = ["b/1", "a/2", "a/1", "c/1", "b/2"];
    const listing = { list: "same", order: "2026-03-01" };
    for (const row of rows) {
      const [partition = "", sort = ""] = row.split("/");
      await ports.table.write({ key: { partition, sort }, value: { row }, listing, replaces: 0 });
    }
    await vi.waitFor(async () => {
      for (const limit of [1, 2, 10]) {
        const found: unknown[] = [];
        for (let page = await ports.table.list("same", { limit }); ; ) {
          found.push(...page.items.map(({ value }) => value["row"]));
          if (page.next === null) break;
          page = await ports.table.list("same", { limit, after: page.next });
        }
        expect(found.toSorted()).toEqual(rows.toSorted());
      }
    }, patience);
  });
}
