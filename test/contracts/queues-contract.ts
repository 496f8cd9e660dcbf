import { describe, expect, test, vi } from "vitest";
import { patience } from "../support/patience.ts";
import { elsewhere } from "./elsewhere.ts";
import { bodiesOf, consuming, given, pending, settled, stateOf } from "./given.ts";
import { contractQueues, type OpenHarness } from "./harness.ts";

function messages(queue: string, from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ queue, body: from + index }));
}

const bodies = ["text", "", 0, false, null, [1, [null]], { deep: { "käse\u{1F600}": [] } }] as const;

export function queuesContract(open: OpenHarness): void {
  describe("messages", () => {
    test.each(bodies)("%j arrives as it was sent", async (body) => {
      const { ports } = await given(open);
      const { received } = consuming(ports, "work");
      await ports.queues.send([{ queue: "work", body }]);
      await vi.waitFor(() => expect(received).toHaveLength(1), patience);
      expect(received).toEqual([{ id: expect.any(String), body, receiveCount: 1 }]);
    });

    test("each arrives in its queue, and is gone when it is done", async () => {
      const harness = await given(open);
      // More than one request of SQS holds; two are the same, and stay two.
      await harness.ports.queues.send([...messages("work", 1, 24), ...messages("other", 25, 25)]);
      await harness.ports.queues.send(messages("work", 24, 24));
      const { received } = consuming(harness.ports, "work");
      const another = consuming(await harness.another({ aheadSeconds: 0 }), "other");
      await vi.waitFor(() => expect(received.length + another.received.length).toBeGreaterThanOrEqual(26), patience);
      const expected = [...messages("work", 1, 24), { body: 24 }].map(({ body }) => body);
      expect(bodiesOf(received).toSorted((a, b) => Number(a) - Number(b))).toEqual(expected);
      expect(bodiesOf(another.received)).toEqual([25]);
      await settled(harness.ports, "work");
      await settled(harness.ports, "other");
    });

    test("a message for a queue that nobody declared is refused", async () => {
      const { ports } = await given(open);
      await expect(ports.queues.send([{ queue: "nowhere", body: 1 }])).rejects.toThrow(RangeError);
    });

    test("a large body arrives whole", async () => {
      const { ports } = await given(open);
      const body = { text: "é".repeat(700_000), end: true };
      const { received } = consuming(ports, "work");
      await ports.queues.send([
        { queue: "work", body: 1 },
        { queue: "work", body },
      ]);
      await vi.waitFor(() => expect(received).toHaveLength(2), patience);
      // Not by toEqual: where it fails it would print the body.
      expect(bodiesOf(received).some((each) => JSON.stringify(each) === JSON.stringify(body))).toBe(true);
      await settled(ports, "work");
    });

    test("the state of every queue is told", async () => {
      const { ports } = await given(open);
      await ports.queues.send(messages("work", 1, 3));
      await vi.waitFor(async () => {
        const states = await ports.queues.state();
        const expected = contractQueues.map(({ name }) => {
          return { queue: name, waiting: name === "work" ? 3 : 0, inFlight: 0, dead: 0 };
        });
        expect(states.map(({ oldestSeconds, ...rest }) => rest)).toEqual(expected);
        for (const { oldestSeconds } of states) expect(oldestSeconds ?? 0).toBeGreaterThanOrEqual(0);
      }, patience);
      const end = pending();
      const { received } = consuming(ports, "work", () => end.promise, { concurrency: 2 });
      await vi.waitFor(() => expect(received).toHaveLength(2), patience);
      await vi.waitFor(async () => {
        expect(await stateOf(ports, "work")).toMatchObject({ waiting: 1, inFlight: 2 });
      }, patience);
    });
  });

  describe("consumers", () => {
    test("handle as many at the same time as they may, and no more", async () => {
      const { ports } = await given(open);
      await ports.queues.send(messages("work", 1, 9));
      let running = 0;
      let most = 0;
      const gate = pending();
      const { received } = consuming(
        ports,
        "work",
        async () => {
          most = Math.max(most, ++running);
          await gate.promise;
          running--;
        },
        { concurrency: 3 },
      );
      await vi.waitFor(() => expect(running).toBe(3), patience);
      gate.resolve();
      await vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(9), patience);
      expect(most).toBe(3);
    });

    test("take nothing before they are ready", async () => {
      const harness = await given(open);
      const gate = pending();
      const late = consuming(harness.ports, "work", undefined, { ready: () => gate.promise });
      const prompt = consuming(await harness.another({ aheadSeconds: 0 }), "work");
      await harness.ports.queues.send(messages("work", 1, 3));
      await vi.waitFor(() => expect(prompt.received).toHaveLength(3), patience);
      await prompt.consumer.stop();
      gate.resolve();
      await harness.ports.queues.send(messages("work", 4, 4));
      await vi.waitFor(() => expect(bodiesOf(late.received)).toEqual([4]), patience);
    });

    test("finish what they have when they are stopped, and take no more", async () => {
      const { ports } = await given(open);
      const gate = pending();
      const { received, consumer } = consuming(ports, "work", () => gate.promise, { concurrency: 1 });
      await ports.queues.send(messages("work", 1, 2));
      await vi.waitFor(() => expect(received).toHaveLength(1), patience);
      const stopped = consumer.stop();
      gate.resolve();
      await stopped;
      expect(received).toHaveLength(1);
      await vi.waitFor(async () => {
        expect(await stateOf(ports, "work")).toMatchObject({ waiting: 1, inFlight: 0 });
      }, patience);
    });

    test("stop although they never became ready", async () => {
      const { ports } = await given(open);
      const never = pending();
      const { consumer, received } = consuming(ports, "work", undefined, { ready: () => never.promise });
      await consumer.stop();
      expect(received).toEqual([]);
    });
  });

  describe("failures", () => {
    test("a message whose handler rejects comes again, and holds up nobody", async () => {
      const { ports } = await given(open);
      const failure = new Error("not this time");
      const errors: unknown[] = [];
      const { received } = consuming(
        ports,
        "work",
        async ({ body, receiveCount }) => {
          if (body === 1 && receiveCount === 1) throw failure;
        },
        { concurrency: 1, onError: (error, message) => errors.push([error, message.body, message.receiveCount]) },
      );
      await ports.queues.send(messages("work", 1, 5));
      await vi.waitFor(() => expect(received).toHaveLength(6), patience);
      const counts = received.map(({ body, receiveCount }) => [body, receiveCount]);
      expect(counts.toSorted()).toEqual([
        [1, 1],
        [1, 2],
        [2, 1],
        [3, 1],
        [4, 1],
        [5, 1],
      ]);
      expect(received.at(-1)?.body, "the others did not wait for it").toBe(1);
      expect(errors).toEqual([[failure, 1, 1]]);
      await settled(ports, "work");
    });

    test("poison is dead after as many tries as its queue allows, the others are unharmed, and redrive brings it back", async () => {
      const { ports } = await given(open);
      const poison = { poison: true };
      let cured = false;
      const { received } = consuming(ports, "work", async ({ body }) => {
        if (!cured && typeof body === "object") throw new Error("poison");
      });
      await ports.queues.send([{ queue: "work", body: poison }, ...messages("work", 1, 4)]);
      await vi.waitFor(async () => expect(await stateOf(ports, "work")).toMatchObject({ dead: 1 }), patience);
      await settled(ports, "work");
      const tries = received.filter(({ body }) => typeof body === "object").map(({ receiveCount }) => receiveCount);
      expect(tries).toEqual([1, 2, 3]);
      expect(bodiesOf(received).filter((body) => typeof body === "number")).toHaveLength(4);

      cured = true;
      expect(await ports.queues.redrive("other")).toBe(0);
      expect(await ports.queues.redrive("work")).toBe(1);
      await vi.waitFor(() => expect(received.at(-1)).toMatchObject({ body: poison, receiveCount: 1 }), patience);
      await settled(ports, "work");
      expect(await stateOf(ports, "work")).toMatchObject({ dead: 0 });
      expect(await ports.queues.redrive("work")).toBe(0);
    });
  });

  describe("visibility", () => {
    test("what a killed process had taken comes again; what a living handler holds does not", async () => {
      const harness = await given(open);
      const end = pending();
      const busy = consuming(harness.ports, "work", () => end.promise, { concurrency: 1 });
      await harness.ports.queues.send([{ queue: "work", body: "held" }]);
      await vi.waitFor(() => expect(busy.received).toHaveLength(1), patience);
      const killed = elsewhere(harness, { do: "hold", queue: "work" });
      await harness.ports.queues.send([{ queue: "work", body: "lost" }]);
      expect(await killed.said()).toBe('"lost"');
      await killed.kill();
      // "held" was taken first: it would be visible again first if nobody kept it hidden.
      const { received } = consuming(await harness.another({ aheadSeconds: 0 }), "work");
      await vi.waitFor(() => expect(received).toHaveLength(1), patience);
      expect(received).toMatchObject([{ body: "lost", receiveCount: 2 }]);
      expect(bodiesOf(busy.received)).toEqual(["held"]);
    });

    test("what kills its process each time is dead after as many tries", async () => {
      const harness = await given(open);
      await harness.ports.queues.send([{ queue: "work", body: "kills" }]);
      for (let tries = 0; tries < 3; tries++) {
        const holder = elsewhere(harness, { do: "hold", queue: "work" });
        expect(await holder.said()).toBe('"kills"');
        await holder.kill();
      }
      const { received } = consuming(harness.ports, "work");
      await vi.waitFor(async () => expect(await stateOf(harness.ports, "work")).toMatchObject({ dead: 1 }), patience);
      expect(received).toEqual([]);
    });

    /* Visibility is counted by one clock for all: the queue service's, or the machine's. */
    test.each([60, -60])("holds between processes whose clocks differ by %i s", async (aheadSeconds) => {
      const harness = await given(open);
      const end = pending();
      const holder = consuming(harness.ports, "work", () => end.promise, { concurrency: 1 });
      await harness.ports.queues.send(messages("work", 1, 1));
      await vi.waitFor(() => expect(bodiesOf(holder.received)).toEqual([1]), patience);
      const other = await harness.another({ aheadSeconds });
      const { received } = consuming(other, "work");
      await harness.ports.queues.send(messages("work", 2, 4));
      await other.queues.send(messages("work", 5, 7));
      await vi.waitFor(() => expect(received).toHaveLength(6), patience);
      expect(bodiesOf(received).toSorted()).toEqual([2, 3, 4, 5, 6, 7]);
      expect(bodiesOf(holder.received)).toEqual([1]);
    });
  });
}
