import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import type { Ports } from "@glasswatch/core/ports/ports";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ended } from "../../../test/contracts/sample-events.ts";
import { emptyFolder, opened } from "../../../test/support/opened-embedded.ts";
import { patience } from "../../../test/support/patience.ts";

const key = { partition: "p", sort: "s" };

/** Everything that stores something. */
const writes: readonly (readonly [string, (ports: Ports) => Promise<unknown>])[] = [
  ["a row", ({ table }) => table.write({ key, value: {}, replaces: 0 })],
  ["a row with events", ({ table }) => table.write({ key, value: {}, replaces: 0, outbox: [{ event: ended("s") }] })],
  ["an event", ({ bus }) => bus.publish([ended("s1")])],
  ["a message", ({ queues }) => queues.send([{ queue: "work", body: 1 }])],
  ["a timer", ({ timers }) => timers.at("t", new Date(), ended("s1"))],
  ["a blob", ({ blobs }) => blobs.put("a", Buffer.from("x"), { contentType: "text/plain", keepDays: 1 })],
  ["what takes a row away", ({ table }) => table.remove({ partition: "p", sort: "stands" }, 1)],
  ["redrive", ({ queues }) => queues.redrive("work")],
];

/** Another process that has the database locked for writing until it is released, or the test is over. */
function locked(folder: string): { release(): void } {
  const other = new DatabaseSync(join(folder, "state.db"));
  other.exec("BEGIN IMMEDIATE");
  onTestFinished(() => other.close());
  return { release: () => other.exec("ROLLBACK") };
}

describe("while another process has the database locked", () => {
  test.each(writes)("%s is refused, and accepted once it is released", async (_, write) => {
    const folder = await emptyFolder();
    const ports = await opened({ folder, patienceMs: 60 });
    await ports.table.write({ key: { partition: "p", sort: "stands" }, value: {}, replaces: 0 });
    const lock = locked(folder);
    await expect(write(ports)).rejects.toThrow(UnavailableError);
    expect(await ports.table.get(key), "reading goes on").toBeNull();
    lock.release();
    await write(ports);
  });

  test("whoever waits is served when it is released", async () => {
    const folder = await emptyFolder();
    const ports = await opened({ folder, patienceMs: 30_000 });
    const lock = locked(folder);
    const sorts = Array.from({ length: 50 }, (_, sort) => String(sort));
    let done = 0;
    const written = sorts.map(async (sort) => {
      await ports.table.write({ key: { partition: "p", sort }, value: {}, replaces: 0 });
      done++;
    });
    // Nothing but the lock keeps them: the event loop turns, and others read.
    expect(await ports.table.get(key)).toBeNull();
    expect(done).toBe(0);
    lock.release();
    await Promise.all(written);
    expect((await ports.table.query("p", { limit: 100 })).items).toHaveLength(50);
  });

  test("a consumer goes on when it is released, and loses nothing", async () => {
    const folder = await emptyFolder();
    const ports = await opened({ folder, patienceMs: 60 });
    await ports.queues.send([1, 2, 3].map((body) => ({ queue: "work", body })));
    const lock = locked(folder);
    const received: unknown[] = [];
    ports.queues.consume("work", async ({ body }) => void received.push(body), { concurrency: 1 });
    await expect(ports.queues.send([{ queue: "work", body: 4 }])).rejects.toThrow(UnavailableError);
    expect(received).toEqual([]);
    lock.release();
    await vi.waitFor(() => expect(received).toEqual([1, 2, 3]), patience);
  });
});

describe("when the disk is full", () => {
  test("writes are refused until there is room, what was accepted arrives, and there is room once it is done", async () => {
    const ports = await opened({ folder: await emptyFolder(), pageLimit: 300 });
    const accepted: number[] = [];
    const send = (body: number) => ports.queues.send([{ queue: "work", body: [body, "x".repeat(30_000)] }]);
    const fill = async () => {
      for (let body = 0; ; body++) {
        await send(body);
        accepted.push(body);
      }
    };
    await expect(fill()).rejects.toThrow(UnavailableError);
    expect(accepted.length).toBeGreaterThan(10);
    const value = { text: "x".repeat(100_000) };
    await expect(ports.table.write({ key, value, replaces: 0 })).rejects.toThrow(UnavailableError);
    expect(await ports.table.get(key)).toBeNull();

    const received = new Set<unknown>();
    const handler = async ({ body }: { readonly body: unknown }) => void received.add((body as readonly unknown[])[0]);
    ports.queues.consume("work", handler, { concurrency: 4 });
    await vi.waitFor(() => expect([...received]).toEqual(accepted), patience);
    await vi.waitFor(async () => {
      expect(await ports.table.write({ key, value, replaces: 0 })).toMatchObject({ version: 1 });
    });
  });

  test("a write that has no room for what it causes is refused as a whole", async () => {
    const ports = await opened({ folder: await emptyFolder(), pageLimit: 100 });
    const outbox = [{ queue: "work", body: "x".repeat(1_000_000) }];
    await expect(ports.table.write({ key, value: {}, replaces: 0, outbox })).rejects.toThrow(UnavailableError);
    expect(await ports.table.get(key)).toBeNull();
    expect(await ports.queues.state()).toMatchObject([{ waiting: 0 }]);
    expect(await ports.table.write({ key, value: {}, replaces: 0 })).toMatchObject({ version: 1 });
  });

  test("a blob that has no file is refused", async () => {
    const folder = await emptyFolder();
    const ports = await opened({ folder });
    await writeFile(join(folder, "blobs"), "where the folder should be");
    const info = { contentType: "text/plain", keepDays: 1 };
    await expect(ports.blobs.put("a", Buffer.from("x"), info)).rejects.toThrow(UnavailableError);
    expect(await ports.blobs.get("a")).toBeNull();
  });
});
