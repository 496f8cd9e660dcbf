import type { Incident } from "@glasswatch/core/incident";
import { expect, test } from "vitest";
import { openAlertsWorld } from "../../../../test/support/alerts-world.ts";
import { sampleIncident, samplePart } from "../../../../test/support/sample-incident.ts";

const ann = "+4915112345678";
const by = { via: "system", name: "glasswatch" } as const;

const config = {
  channels: { night: { type: "sms", people: ["ann"] } },
  people: {
    ann: {
      ...{ phone: ann, mayCommand: true, mostPerHour: 6 },
      quietHours: { from: "22:00", to: "06:00", timeZone: "Europe/Berlin" },
    },
  },
  routes: [{ name: "all", to: ["night"] }],
};

/** It is 01:00 in Berlin when a world begins. */
const untilSixSeconds = 5 * 3600 - 10;

type World = Awaited<ReturnType<typeof openAlertsWorld>>;

function incident(world: World, number: number, changes: Partial<Incident> = {}): Incident {
  const streamId = `channel-${number}`;
  const at = world.now().toISOString();
  return sampleIncident({
    ...{ id: `i${number}`, number, streamId, key: `stream:${streamId}`, openedAt: at },
    ...{ parts: [samplePart({ streamId })], history: [{ at, what: "opened", by }] },
    ...changes,
  });
}

/** The incident after another change. */
function next(world: World, { version, history, ...before }: Incident, what: "resolved" | "worsened" | "joined") {
  const at = world.now().toISOString();
  const status = what === "resolved" ? ({ status: "resolved", resolvedAt: at } as const) : {};
  return { ...before, ...status, version: version + 1, history: [...history, { at, what, by }] };
}

async function told(world: World): Promise<readonly string[]> {
  await world.settled();
  expect(world.errors).toEqual([]);
  return world.messages.splice(0).map(({ to, text }) => {
    expect(to).toBe(ann);
    return text.replace(/https:\/\/glasswatch\.example\/i\/\d+\.[\w-]{22}\.\w+/, "LINK");
  });
}

test("by day: what is major is bundled, what is critical is told at once, and each state of it once", async () => {
  const world = await openAlertsWorld({ config });
  await world.pass(untilSixSeconds + 3 * 3600);
  const [frozen, silent] = [incident(world, 12), incident(world, 13)];
  await world.tell(frozen);
  await world.pass(30);
  await world.tell(silent);
  const black = incident(world, 14, { severity: "critical" });
  await world.tell(black);
  expect(await told(world)).toEqual(["CRITICAL #14 frozen-picture: channel-14, since 09:00. LINK Reply ACK 14"]);

  await world.tell(next(world, black, "joined"));
  await world.pass(80);
  expect(await told(world)).toEqual([]);
  await world.restart();
  await world.pass(10);
  expect(await told(world)).toEqual([
    "MAJ #12 frozen-picture channel-12; MAJ #13 frozen-picture channel-13. Reply STATUS",
  ]);

  await world.tell(next(world, silent, "resolved"));
  await world.pass(120);
  expect(await told(world)).toEqual(["OK #13 frozen-picture: channel-13, after 2 min."]);
  const brief = incident(world, 15);
  await world.tell(brief);
  await world.tell(next(world, brief, "resolved"));
  await world.pass(600);
  expect(await told(world)).toEqual([]);
});

test("by night: what can wait is told in the morning in one message, if it is still open", async () => {
  const world = await openAlertsWorld({ config });
  const over = incident(world, 13);
  for (const each of [incident(world, 12), over, incident(world, 14)]) await world.tell(each);
  await world.tell(incident(world, 15, { severity: "critical" }));
  await world.tell(next(world, over, "resolved"));
  expect(await told(world)).toEqual(["CRITICAL #15 frozen-picture: channel-15, since 01:00. LINK Reply ACK 15"]);
  await world.pass(untilSixSeconds - 60);
  expect(await told(world)).toEqual([]);
  await world.pass(60);
  expect(await told(world)).toEqual([
    "MAJ #12 frozen-picture channel-12; MAJ #14 frozen-picture channel-14. Reply STATUS",
  ]);
});

test("in a storm a few messages say all: nothing critical is lost, and nothing waits for more than a bundle", async () => {
  const world = await openAlertsWorld({ config });
  for (let number = 1; number <= 50; number++) await world.tell(incident(world, number, { severity: "critical" }));
  await world.settled();
  await world.restart();
  await world.pass(120);
  const texts = await told(world);
  expect(texts).toHaveLength(6);
  expect(texts[0]).toMatch(/^CRITICAL #\d+ .* LINK Reply ACK \d+$/);
  // What is pending when one is sent goes with it.
  const named = texts.join("\n").match(/\bCRIT(ICAL)? #/g)?.length ?? 0;
  expect(named + Number(/(\d+) more/.exec(texts[5] ?? "")?.[1])).toBe(50);

  // The hour's limit is reached: what is critical comes through it, what is not waits for the hour to be over.
  await world.pass(60);
  await world.tell(incident(world, 60, { severity: "critical" }));
  await world.pass(120);
  expect(await told(world)).toEqual(["CRITICAL #60 frozen-picture: channel-60, since 01:03. LINK Reply ACK 60"]);
});
