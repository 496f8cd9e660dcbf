import { expect, test } from "vitest";
import { type IncidentsWorld, openIncidentsWorld } from "../../../test/support/incidents-world.ts";

const kinds = ["black-picture", "frozen-picture", "audio-silence", "audio-hum"] as const;

/** Part of a bad day on three streams, event by event: defects that come, and go 30 s later, and looks that are due. */
const log: readonly ((world: IncidentsWorld, times: number) => Promise<void>)[] = Array.from({ length: 18 }, (_, n) => {
  return async (world, times) => {
    world.pass(5);
    const kind = kinds[n % kinds.length] ?? "black-picture";
    const streamId = `stream-${n % 3}`;
    const severity = n % 7 === 0 ? "critical" : n % 5 === 0 ? "minor" : "major";
    const events = [await world.step({ id: `f${n}`, kind, severity }, streamId)];
    if (n >= 6) {
      const ended = { kind: kinds[(n - 6) % kinds.length] ?? "black-picture", revision: 2, endSeconds: 9 };
      events.push(await world.step({ id: `f${n - 6}`, ...ended }, `stream-${(n - 6) % 3}`));
    }
    for (const { id } of await world.incidents()) {
      const data = { owner: "incidents", id, what: "incident" } as const;
      events.push(world.event({ detailType: "timer.due", entityId: `look-${id}`, revision: n + 1, data }));
    }
    for (const event of events) for (let time = 0; time < times; time++) await world.handle(event);
  };
});

async function run(cuts: readonly number[], times: number) {
  let world = await openIncidentsWorld();
  for (const [place, scene] of log.entries()) {
    if (cuts.includes(place)) {
      await world.ports.close();
      world = await openIncidentsWorld({}, { folder: world.folder, at: world.clock() });
    }
    await scene(world, times);
  }
  return { incidents: await world.incidents(), told: await world.told() };
}

test("the same events give the same incidents, after restarts, and where each comes twice", async () => {
  const whole = await run([], 1);
  expect(whole.incidents.length).toBeGreaterThanOrEqual(3);
  expect(await run([5, 11], 2)).toEqual(whole);
});
