import type { Event } from "@glasswatch/core/events/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openIncidentsWorld as openWorld } from "../../../test/support/incidents-world.ts";
import { patience } from "../../../test/support/patience.ts";

test("a defect opens an incident; a timer resolves it when it stays over", async () => {
  const world = await openWorld();
  world.consume();
  await world.step({ id: "f" });
  await expect
    .poll(world.incidents, patience)
    .toMatchObject([{ streamId: "channel-5", number: 1, status: "open", parts: [{ id: "f", open: true }] }]);
  await world.step({ id: "f", revision: 2, endSeconds: 9 });
  await expect.poll(world.incidents, patience).toMatchObject([{ status: "open", parts: [{ id: "f", open: false }] }]);
  world.pass(31);
  await expect.poll(world.incidents, patience).toMatchObject([{ status: "resolved" }]);
  expect(await world.told()).toEqual(["incident.opened", "incident.resolved"]);
});

test("what comes back soon is the same incident, and later a new one", async () => {
  const world = await openWorld({ settleSeconds: 0 });
  world.consume();
  for (const [id, passes] of [["f", 60] as const, ["g", 400] as const, ["h", 0] as const]) {
    await world.step({ id });
    await world.step({ id, revision: 2, endSeconds: 9 });
    await expect
      .poll(async () => (await world.incidents()).at(-1), patience)
      .toMatchObject({ status: "resolved", parts: expect.arrayContaining([expect.objectContaining({ id })]) });
    world.pass(passes);
  }
  const parts = (await world.incidents()).map((incident) => incident.parts.map(({ id }) => id));
  expect(parts).toEqual([["f", "g"], ["h"]]);
});

test("a stream that fails is an incident, and one that goes on ends it; nobody is told twice", async () => {
  const world = await openWorld({ settleSeconds: 0 });
  await world.stream("channel-5");
  const failed = await world.state("channel-5", "failed", 2);
  for (const event of [failed, failed]) await world.handle(event);
  expect(await world.incidents()).toMatchObject([
    { status: "open", severity: "major", parts: [{ kind: "stream-failed" }] },
  ]);
  const resumed = await world.state("channel-5", "resumed", 3);
  for (const event of [resumed, failed]) await world.handle(event);
  expect(await world.incidents()).toMatchObject([{ parts: [{ open: false }] }]);
});

test("that a stream goes on is no news where nobody was told that it did not", async () => {
  const world = await openWorld();
  await world.handle(await world.state("channel-5", "resumed", 2));
  expect(await world.incidents()).toEqual([]);
});

const defectIds = ["a", "b", "c"] as const;

test("events in any order, twice and at the same time: one incident, and open is what is open", async () => {
  const lives = fc.tuple(
    ...defectIds.map(() => fc.record({ steps: fc.integer({ min: 1, max: 3 }), over: fc.boolean() })),
  );
  const property = fc.asyncProperty(
    lives,
    fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
    async (life, order) => {
      const world = await openWorld();
      const events: Event[] = [];
      for (const [index, { steps, over }] of life.entries()) {
        const id = defectIds[index] ?? "";
        for (let revision = 1; revision <= steps; revision++) events.push(await world.step({ id, revision }));
        if (over) events.push(await world.step({ id, revision: steps + 1, endSeconds: 9 }));
      }
      const twice = [...events, ...events]
        .map((event, index) => ({ event, place: order[index] ?? 0 }))
        .toSorted((a, b) => a.place - b.place);
      // As a queue hands them out: several at a time.
      for (let at = 0; at < twice.length; at += 4) {
        await Promise.all(twice.slice(at, at + 4).map(({ event }) => world.handle(event)));
      }
      const [incident, ...others] = await world.incidents();
      expect(others).toEqual([]);
      const open = incident?.parts.filter((part) => part.open).map(({ id }) => id);
      expect(open?.toSorted()).toEqual(defectIds.filter((_, index) => !life[index]?.over));
      expect((await world.told()).filter((type) => type === "incident.opened")).toHaveLength(1);
      await world.ports.close();
    },
  );
  await fc.assert(property, { numRuns: 6 });
});
