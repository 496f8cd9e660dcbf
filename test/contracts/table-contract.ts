import type { JsonObject } from "@glasswatch/core/json";
import { ConflictError } from "@glasswatch/core/ports/errors";
import { rowLimitBytes } from "@glasswatch/core/ports/limits";
import type { Ports } from "@glasswatch/core/ports/ports";
import { describe, expect, test, vi } from "vitest";
import { patience } from "../support/patience.ts";
import { elsewhere } from "./elsewhere.ts";
import { given } from "./given.ts";
import type { OpenHarness } from "./harness.ts";

const key = { partition: "stream/s1", sort: "lease" };

/** Writes the row so many times. */
async function standing({ table }: Ports, writes: number): Promise<void> {
  for (let version = 0; version < writes; version++) await table.write({ key, value: { version }, replaces: version });
}

const conditions = [
  { name: "a new row", writes: 0, replaces: 0, becomes: 1 },
  { name: "the version that stands", writes: 3, replaces: 3, becomes: 4 },
  { name: "no row, where one stands", writes: 1, replaces: 0, becomes: null },
  { name: "an older version", writes: 3, replaces: 2, becomes: null },
  { name: "a version that is yet to come", writes: 1, replaces: 2, becomes: null },
  { name: "a row that is not there", writes: 0, replaces: 1, becomes: null },
];

const values: readonly (readonly [string, JsonObject])[] = [
  ["nothing", {}],
  ["of every kind", { text: "", flag: false, none: null, list: [], deep: { list: [1, [{ a: null }]] } }],
  ["numbers", { tiny: 5e-324, small: 0.1, large: 1.7976931348623157e308, whole: 9007199254740991, minus: -12.5 }],
  ["any text", { "käse\u0000\n": "\u{1F600} \uFFFD \u2028", 日本: "\\\"'" }],
];

/** A value whose JSON has so many bytes: `{"t":"…"}`. */
function valueOfBytes(bytes: number, letter: string): JsonObject {
  return { t: letter.repeat((bytes - '{"t":""}'.length) / Buffer.byteLength(letter)) };
}

const sizes = [
  { name: "as large as a row may be", value: valueOfBytes(rowLimitBytes, "x"), fits: true },
  { name: "a byte larger", value: valueOfBytes(rowLimitBytes + 1, "x"), fits: false },
  { name: "few letters of two bytes each", value: valueOfBytes(rowLimitBytes + 2, "é"), fits: false },
];

export function tableContract(open: OpenHarness): void {
  describe("conditional writes", () => {
    test.each(conditions)("replacing $name", async ({ writes, replaces, becomes }) => {
      const { ports } = await given(open);
      await standing(ports, writes);
      const before = await ports.table.get(key);
      const written = ports.table.write({ key, value: { written: true }, replaces });
      if (becomes === null) {
        await expect(written).rejects.toThrow(ConflictError);
        expect(await ports.table.get(key)).toEqual(before);
      } else {
        const row = { key, version: becomes, value: { written: true } };
        expect(await written).toEqual(row);
        expect(await ports.table.get(key)).toEqual(row);
      }
    });

    test.each(conditions.filter(({ replaces }) => replaces > 0))("removing $name", async (condition) => {
      const { ports } = await given(open);
      await standing(ports, condition.writes);
      const before = await ports.table.get(key);
      const removed = ports.table.remove(key, condition.replaces);
      if (condition.becomes === null) await expect(removed).rejects.toThrow(ConflictError);
      else await removed;
      expect(await ports.table.get(key)).toEqual(condition.becomes === null ? before : null);
    });

    test("a row that was removed begins anew", async () => {
      const { ports } = await given(open);
      await standing(ports, 2);
      await ports.table.remove(key, 2);
      expect(await ports.table.write({ key, value: {}, replaces: 0 })).toMatchObject({ version: 1 });
    });

    test("of writers that replace the same version, one wins", async () => {
      const harness = await given(open);
      await standing(harness.ports, 1);
      const writers = [harness.ports, await harness.another({ aheadSeconds: 60 }), harness.ports];
      const writes = writers.map(({ table }, writer) => table.write({ key, value: { writer }, replaces: 1 }));
      const results = await Promise.allSettled(writes);
      const [winner, ...others] = results.toSorted((a, b) => a.status.localeCompare(b.status));
      expect(winner).toMatchObject({ status: "fulfilled", value: { version: 2 } });
      for (const other of others) expect(other).toMatchObject({ reason: expect.any(ConflictError) });
      expect(await harness.ports.table.get(key)).toEqual(winner?.status === "fulfilled" && winner.value);
    });

    test("processes that count together lose no count", async () => {
      const harness = await given(open);
      const processes = [1, 2].map(() => elsewhere(harness, { do: "count", partition: key.partition, times: 60 }));
      await Promise.all(processes.map(({ gone }) => gone));
      const row = await harness.ports.table.get({ partition: key.partition, sort: "count" });
      expect(row).toMatchObject({ version: 120, value: { count: 120 } });
    });
  });

  describe("values", () => {
    test.each(values)("%s", async (_, value) => {
      const { ports } = await given(open);
      await ports.table.write({ key, value, replaces: 0 });
      expect((await ports.table.get(key))?.value).toEqual(value);
    });

    test.each(sizes)("$name", async ({ value, fits }) => {
      const { ports } = await given(open);
      const written = ports.table.write({ key, value, replaces: 0 });
      if (fits) await written;
      else await expect(written).rejects.toThrow(RangeError);
      expect((await ports.table.get(key))?.value ?? null).toEqual(fits ? value : null);
    });

    test("a row is found in the list that its last write put it into, and in no other", async () => {
      const { ports } = await given(open);
      const found = async () => {
        const pages = ["running", "done"].map((list) => ports.table.list(list, { limit: 10 }));
        return (await Promise.all(pages)).map(({ items }) => items.map(({ version }) => version));
      };
      await ports.table.write({ key, value: {}, replaces: 0, listing: { list: "running", order: "1" } });
      await vi.waitFor(async () => expect(await found()).toEqual([[1], []]), patience);
      const moved = await ports.table.write({ key, value: {}, replaces: 1, listing: { list: "done", order: "9" } });
      expect(moved.listing).toEqual({ list: "done", order: "9" });
      await vi.waitFor(async () => expect(await found()).toEqual([[], [2]]), patience);
      await ports.table.write({ key, value: {}, replaces: 2 });
      await vi.waitFor(async () => expect(await found()).toEqual([[], []]), patience);
    });
  });

  describe("expiry", () => {
    const expiresAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 600_000);
    const listing = { list: "leases", order: "1" };
    const row = { key, version: 1, value: { owner: "a" }, listing, expiresAt };

    test("a row counts as absent from then on, by the clock of whoever asks", async () => {
      const harness = await given(open);
      const { version, ...rest } = row;
      expect(await harness.ports.table.write({ ...rest, replaces: 0 })).toEqual(row);
      expect(await harness.ports.table.get(key)).toEqual(row);
      const { table } = await harness.another({ aheadSeconds: 660 });
      expect(await table.get(key)).toBeNull();
      expect((await table.query(key.partition, { limit: 5 })).items).toEqual([]);
      expect((await table.list(listing.list, { limit: 5 })).items).toEqual([]);
      await expect(table.write({ key, value: {}, replaces: version })).rejects.toThrow(ConflictError);
      await expect(table.remove(key, version)).rejects.toThrow(ConflictError);
      expect(await table.write({ key, value: {}, replaces: 0 })).toEqual({ key, version: 1, value: {} });
      expect(await harness.ports.table.get(key)).toEqual({ key, version: 1, value: {} });
    });
  });
}
