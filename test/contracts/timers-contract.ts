import { describe, expect, test, vi } from "vitest";
import { patience } from "../support/patience.ts";
import { elsewhere } from "./elsewhere.ts";
import { consuming, given, keysOf } from "./given.ts";
import type { OpenHarness } from "./harness.ts";
import { ended } from "./sample-events.ts";

function inSeconds(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}

export function timersContract(open: OpenHarness): void {
  describe("timers", () => {
    test("are told when they are due, and not before", async () => {
      const { ports } = await given(open);
      const arrivals: number[] = [];
      consuming(ports, "everything", async () => void arrivals.push(Date.now()));
      const dueAt = inSeconds(1.2);
      await ports.timers.at("s1", dueAt, ended("s1"));
      await vi.waitFor(() => expect(arrivals).toHaveLength(1), patience);
      expect(arrivals[0]).toBeGreaterThanOrEqual(dueAt.getTime());
    });

    test("that are due already are told at once", async () => {
      const { ports } = await given(open);
      const { received } = consuming(ports, "everything");
      await ports.timers.at("s1", inSeconds(-3600), ended("s1"));
      await vi.waitFor(() => expect(keysOf(received)).toEqual(["s1:1"]), patience);
    });

    test("a key has one: the later call replaces the earlier, and a cancelled one is not told", async () => {
      const { ports } = await given(open);
      const { received } = consuming(ports, "everything");
      const { timers } = ports;
      await timers.at("sooner", inSeconds(3600), ended("an hour"));
      await timers.at("sooner", inSeconds(1), ended("a second"));
      await timers.at("later", inSeconds(1), ended("early"));
      await timers.at("later", inSeconds(2), ended("late"));
      await timers.at("never", inSeconds(1), ended("never"));
      await timers.cancel("never");
      await timers.cancel("unknown");
      await vi.waitFor(() => expect(keysOf(received).toSorted()).toEqual(["a second:1", "late:1"]), patience);
    });

    test("a key is free again when its timer was told", async () => {
      const { ports } = await given(open);
      const { received } = consuming(ports, "everything");
      for (const id of ["first", "second"]) {
        await ports.timers.at("s1", inSeconds(0.2), ended(id));
        await vi.waitFor(() => expect(keysOf(received)).toContain(`${id}:1`), patience);
      }
    });

    test("are told although the process that set them is gone", async () => {
      const harness = await given(open);
      const { received } = consuming(harness.ports, "everything");
      const setter = elsewhere(harness, { do: "time and die", key: "s1", dueInSeconds: 2 });
      expect(await setter.said()).toBe("set");
      await setter.gone;
      await vi.waitFor(() => expect(keysOf(received)).toContain("s1:1"), patience);
    });
  });
}
