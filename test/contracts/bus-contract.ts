import { describe, expect, test, vi } from "vitest";
import { patience } from "../support/patience.ts";
import { consuming, given, keysOf, settled } from "./given.ts";
import type { OpenHarness } from "./harness.ts";
import { ended, failed } from "./sample-events.ts";

export function busContract(open: OpenHarness): void {
  describe("events", () => {
    test("go to every queue whose route matches them, and to no other", async () => {
      const { ports } = await given(open);
      const everything = consuming(ports, "everything");
      const failures = consuming(ports, "failures");
      // More than one request of EventBridge holds.
      const events = Array.from({ length: 12 }, (_, index) =>
        index % 3 === 0 ? failed(`f${index}`) : ended(`e${index}`),
      );
      expect(await ports.bus.publish(events)).toEqual([]);
      await vi.waitFor(() => expect(everything.received).toHaveLength(12), patience);
      await vi.waitFor(() => expect(failures.received).toHaveLength(4), patience);
      const keys = events.map(({ detail }) => detail.idempotencyKey);
      expect(keysOf(everything.received).toSorted()).toEqual(keys.toSorted());
      expect(keysOf(failures.received).toSorted()).toEqual(["f0:1", "f3:1", "f6:1", "f9:1"]);
      await settled(ports, "everything");
      await settled(ports, "failures");
    });

    test("arrive in their envelope", async () => {
      const { ports } = await given(open);
      const event = failed("s1", "käse \u{1F600}");
      const { received } = consuming(ports, "failures");
      await ports.bus.publish([event]);
      await vi.waitFor(() => expect(received).toHaveLength(1), patience);
      // EventBridge gives an event its own id, account and region.
      const { version, source, "detail-type": detailType, resources, detail } = event;
      expect(received[0]?.body).toMatchObject({ version, source, "detail-type": detailType, resources, detail });
    });

    test("that are large arrive whole", async () => {
      const { ports } = await given(open);
      const message = "é".repeat(300_000);
      const { received } = consuming(ports, "failures");
      expect(await ports.bus.publish([failed("large", message), failed("small")])).toEqual([]);
      await vi.waitFor(() => expect(received).toHaveLength(2), patience);
      const large = received.find(({ body }) => JSON.stringify(body).length > 1000);
      expect(JSON.stringify(large?.body).includes(message)).toBe(true);
    });

    test("that are published again arrive again", async () => {
      const { ports } = await given(open);
      const event = ended("s1");
      const { received } = consuming(ports, "everything");
      await ports.bus.publish([event]);
      await ports.bus.publish([event, event]);
      await vi.waitFor(() => expect(keysOf(received)).toEqual(["s1:1", "s1:1", "s1:1"]), patience);
    });

    test("none is as good as any", async () => {
      const { ports } = await given(open);
      expect(await ports.bus.publish([])).toEqual([]);
    });
  });
}
