import { ConflictError } from "@glasswatch/core/ports/errors";
import type { Outgoing } from "@glasswatch/core/ports/outgoing";
import { describe, expect, test, vi } from "vitest";
import { patience } from "../support/patience.ts";
import { elsewhere } from "./elsewhere.ts";
import { bodiesOf, consuming, given, keysOf, settled } from "./given.ts";
import type { OpenHarness } from "./harness.ts";
import { ended, failed } from "./sample-events.ts";

const key = { partition: "finding/s1", sort: "f1" };

export function outboxContract(open: OpenHarness): void {
  describe("what a write carries", () => {
    test("arrives once the write is done: events and messages", async () => {
      const { ports } = await given(open);
      const queues = ["work", "everything", "failures"].map((queue) => consuming(ports, queue));
      const outbox: readonly Outgoing[] = [
        { event: ended("s1") },
        { event: failed("s2") },
        ...Array.from({ length: 12 }, (_, body) => ({ queue: "work", body })),
      ];
      const row = await ports.table.write({ key, value: { a: 1 }, replaces: 0, outbox });
      expect(row).toEqual({ key, version: 1, value: { a: 1 } });
      await vi.waitFor(() => expect(queues.map(({ received }) => received.length)).toEqual([12, 2, 1]), patience);
      const [work, everything, failures] = queues.map(({ received }) => received);
      expect(bodiesOf(work ?? []).toSorted((a, b) => Number(a) - Number(b))).toEqual([...Array(12).keys()]);
      expect(keysOf(everything ?? []).toSorted()).toEqual(["s1:1", "s2:1"]);
      expect(keysOf(failures ?? [])).toEqual(["s2:1"]);
      expect(await ports.table.get(key)).toEqual(row);
    });

    test("never arrives where the write is refused", async () => {
      const { ports } = await given(open);
      const { received } = consuming(ports, "everything");
      const write = (id: string, replaces: number) =>
        ports.table.write({ key, value: { id }, replaces, outbox: [{ event: ended(id) }] });
      await expect(write("early", 1)).rejects.toThrow(ConflictError);
      await write("first", 0);
      await expect(write("late", 0)).rejects.toThrow(ConflictError);
      const race = await Promise.allSettled([write("one", 1), write("two", 1), write("three", 1)]);
      expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const winner = (await ports.table.get(key))?.value["id"];
      await write("last", 2);
      const expected = ["first:1", "last:1", `${winner}:1`].toSorted();
      await vi.waitFor(() => expect(keysOf(received).toSorted()).toEqual(expected), patience);
      await settled(ports, "everything");
      expect(keysOf(received).toSorted()).toEqual(expected);
    });

    test("for a queue that nobody declared, refuses the write", async () => {
      const { ports } = await given(open);
      const outbox = [{ queue: "nowhere", body: 1 }];
      await expect(ports.table.write({ key, value: {}, replaces: 0, outbox })).rejects.toThrow(RangeError);
      expect(await ports.table.get(key)).toBeNull();
    });

    test("arrives whole where it is large", async () => {
      const { ports } = await given(open);
      const message = "é".repeat(300_000);
      const failures = consuming(ports, "failures");
      const work = consuming(ports, "work");
      const outbox = [{ event: failed("s1", message) }, { queue: "work", body: message }];
      await ports.table.write({ key, value: { text: "x".repeat(200_000) }, replaces: 0, outbox });
      await vi.waitFor(() => expect([failures.received.length, work.received.length]).toEqual([1, 1]), patience);
      expect(JSON.stringify(failures.received[0]?.body).includes(message)).toBe(true);
      expect(work.received[0]?.body === message).toBe(true);
    });

    test("arrives although the process was killed when it had written", async () => {
      const harness = await given(open);
      const { received } = consuming(harness.ports, "everything");
      const writers = ["a", "b"].map((partition) => elsewhere(harness, { do: "write and die", partition, rows: 5 }));
      for (const writer of writers) expect(await writer.said()).toBe("wrote 5");
      await Promise.all(writers.map(({ gone }) => gone));
      const expected = ["a", "b"].flatMap((partition) => [0, 1, 2, 3, 4].map((row) => `${partition}-${row}:1`));
      // At least once: some may come twice.
      await vi.waitFor(() => expect([...new Set(keysOf(received))].toSorted()).toEqual(expected), patience);
    });

    test("arrives in the end from every write of a process that is killed amid them, and from no other", async () => {
      const harness = await given(open);
      const { received } = consuming(harness.ports, "everything");
      const writer = elsewhere(harness, { do: "write and die", partition: "p", rows: 100_000 });
      await vi.waitFor(() => expect(received.length).toBeGreaterThan(20), patience);
      await writer.kill();
      const { items } = await harness.ports.table.query("p", { limit: 1000 });
      const written: string[] = items.map(({ key: { sort } }) => `p-${sort}:1`);
      for (let page = await harness.ports.table.query("p", { limit: 1000 }); page.next !== null; ) {
        page = await harness.ports.table.query("p", { limit: 1000, after: page.next });
        written.push(...page.items.map(({ key: { sort } }) => `p-${sort}:1`));
      }
      await vi.waitFor(() => expect([...new Set(keysOf(received))].toSorted()).toEqual(written.toSorted()), patience);
    });
  });
}
