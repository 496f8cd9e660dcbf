import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { ended } from "../../../test/contracts/sample-events.ts";
import { emptyFolder, opened } from "../../../test/support/opened-embedded.ts";
import { patience } from "../../../test/support/patience.ts";

/* What is kept over a restart, and what is not kept for ever. */

const key = { partition: "p", sort: "s" };
const dayMs = 24 * 3600 * 1000;

function clockAhead(days: number): () => Date {
  return () => new Date(Date.now() + days * dayMs);
}

/** How many rows a table of the database has, read past the ports. */
function rowsIn(folder: string, table: string): number {
  const database = new DatabaseSync(join(folder, "state.db"), { readOnly: true });
  const { rows } = database.prepare(`SELECT count(*) AS rows FROM ${table}`).get() ?? {};
  database.close();
  return Number(rows);
}

async function filesIn(folder: string): Promise<number> {
  const entries = await readdir(join(folder, "blobs"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

test("everything is there again after a restart", async () => {
  const folder = await emptyFolder();
  const before = await opened({ folder });
  const row = await before.table.write({ key, value: { a: 1 }, replaces: 0, outbox: [{ event: ended("s1") }] });
  await before.queues.send([{ queue: "work", body: "sent" }]);
  await before.timers.at("t", new Date(Date.now() + 100), ended("timed"));
  await before.blobs.put("a/b.txt", Buffer.from("bytes"), { contentType: "text/plain", keepDays: 1 });
  await before.close();

  const after = await opened({ folder });
  expect(await after.table.get(key)).toEqual(row);
  expect(Buffer.from((await after.blobs.get("a/b.txt"))?.bytes ?? []).toString()).toBe("bytes");
  const received: unknown[] = [];
  after.queues.consume("work", async ({ body }) => void received.push(body), { concurrency: 1 });
  await vi.waitFor(() => expect(received).toHaveLength(3), patience);
  expect(received).toEqual(expect.arrayContaining(["sent"]));
  expect(JSON.stringify(received)).toMatch(/"s1:1".*"timed:1"/);
});

test("rows that have expired are deleted, and the others are not", async () => {
  const folder = await emptyFolder();
  const { table } = await opened({ folder });
  for (let sort = 0; sort < 1200; sort++) {
    const expiresAt = new Date(Date.now() + (sort < 1100 ? 1 : 3) * dayMs);
    await table.write({ key: { partition: "p", sort: String(sort) }, value: {}, replaces: 0, expiresAt });
  }
  await table.write({ key, value: {}, replaces: 0 });
  await opened({ folder, now: clockAhead(2) });
  await vi.waitFor(() => expect(rowsIn(folder, "rows")).toBe(101), patience);
});

test("blobs are deleted after their days, and files that were replaced or removed an hour later", async () => {
  const folder = await emptyFolder();
  const { blobs } = await opened({ folder });
  const put = (name: string, keepDays: number) =>
    blobs.put(name, Buffer.from(name), { contentType: "text/plain", keepDays });
  await put("kept", 30);
  await put("replaced", 30);
  await put("replaced", 30);
  await put("removed", 30);
  await blobs.remove("removed");
  await put("old", 1);
  expect(await filesIn(folder)).toBe(5);

  const tomorrow = await opened({ folder, now: clockAhead(1.5) });
  await vi.waitFor(async () => expect(await filesIn(folder)).toBe(3), patience);
  expect(await tomorrow.blobs.get("old")).toBeNull();
  await opened({ folder, now: clockAhead(2) });
  await vi.waitFor(async () => expect(await filesIn(folder)).toBe(2), patience);
  await vi.waitFor(() => expect(rowsIn(folder, "loose_files")).toBe(0));
  expect((await tomorrow.blobs.get("replaced"))?.contentType).toBe("text/plain");
});

test("messages that are done leave nothing behind", async () => {
  const folder = await emptyFolder();
  const { queues, close } = await opened({ folder });
  let done = 0;
  queues.consume("work", async () => void done++, { concurrency: 10 });
  for (let batch = 0; batch < 40; batch++) {
    await queues.send(Array.from({ length: 50 }, (_, body) => ({ queue: "work", body: [body, "x".repeat(1000)] })));
    await vi.waitFor(() => expect(done).toBe((batch + 1) * 50), { ...patience, interval: 1 });
  }
  await close();
  expect(rowsIn(folder, "messages")).toBe(0);
  const database = new DatabaseSync(join(folder, "state.db"), { readOnly: true });
  const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"]);
  database.close();
  // Of the two megabytes that went through.
  expect(pages * 4096).toBeLessThan(500_000);
});

test("a clock that is set back hides no message for longer than its visibility", async () => {
  const folder = await emptyFolder();
  const { queues, close } = await opened({ folder });
  await queues.send([{ queue: "work", body: 1 }]);
  await close();
  const database = new DatabaseSync(join(folder, "state.db"));
  database.exec("UPDATE messages SET visible_at = visible_at + 3600000, receive_count = 1");
  database.close();

  const after = await opened({ folder });
  const received: unknown[] = [];
  after.queues.consume("work", async ({ receiveCount }) => void received.push(receiveCount), { concurrency: 1 });
  await vi.waitFor(() => expect(received).toEqual([2]), patience);
});
