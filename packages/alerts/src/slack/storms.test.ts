import type { Incident } from "@glasswatch/core/incident";
import { openCommands } from "@glasswatch/core/state/commands";
import { expect, test, vi } from "vitest";
import { type AlertsWorld, openAlertsWorld } from "../../../../test/support/alerts-world.ts";
import { patience } from "../../../../test/support/patience.ts";
import { sampleIncident, samplePart } from "../../../../test/support/sample-incident.ts";

const system = { via: "system", name: "glasswatch" } as const;

const streams = 50;
const findingsEach = 10;

/** Every third stream is lost for good: that is critical. */
function incidentOf(stream: number, version: number): Incident {
  const streamId = `channel-${String(stream).padStart(2, "0")}`;
  const severity = stream % 3 === 0 ? "critical" : "major";
  const at = "2030-01-01T00:00:00.000Z";
  const history = Array.from({ length: version }, (_, line) => {
    return { at, what: line === 0 ? ("opened" as const) : ("joined" as const), by: system };
  });
  const parts = [samplePart({ id: `${streamId}-f`, streamId, severity })];
  const facts = {
    id: `i-${streamId}`,
    number: stream + 1,
    streamId,
    severity,
    parts,
    furtherParts: version - 1,
  } as const;
  return sampleIncident({ ...facts, history, version });
}

/** One finding of each stream after the other, as they come when a whole site fails. */
async function tellRounds(world: AlertsWorld, from: number, to: number): Promise<void> {
  for (let version = from; version <= to; version++) {
    for (let stream = 0; stream < streams; stream++) await world.tell(incidentOf(stream, version));
    await world.pass(1);
  }
}

/** All that a channel shows, threads left out. */
function shownIn({ slack }: AlertsWorld): string {
  return slack.messages.flatMap(({ blocks }) => blocks.map(({ text }) => text?.text ?? "")).join("\n");
}

const numbersIn = (text: string) => new Set([...text.matchAll(/\|#(\d+)>/g)].map(([, number]) => Number(number)));

test("500 findings of 50 streams in a minute, and a restart among them, are a handful of messages that lose nothing", async () => {
  const world = await openAlertsWorld();
  await tellRounds(world, 1, 4);
  await world.restart();
  await tellRounds(world, 5, findingsEach);
  await world.settled();
  await world.pass(10);
  const everybody = Array.from({ length: streams }, (_, stream) => stream + 1);
  await vi.waitFor(
    () => expect(new Set([...footnotes(world), ...numbersIn(shownIn(world))])).toEqual(new Set(everybody)),
    patience,
  );
  await world.settled();
  const broadcasts = world.slack.messages.flatMap(({ replies }) => replies).filter(({ broadcast }) => broadcast);
  expect(world.slack.messages).toHaveLength(6);
  expect(broadcasts.length).toBeLessThanOrEqual(1);
  const storm = world.slack.messages.find(({ text }) => text.includes("Storm"));
  const lines = storm?.blocks.flatMap(({ text }) => text?.text.split("\n") ?? []).filter((line) => line.includes("|#"));
  expect(lines?.slice(0, 14).every((line) => line.startsWith("🔴"))).toBe(true);
  expect(lines?.slice(15).some((line) => line.startsWith("🔴"))).toBe(false);
  // What came after the storm's message was posted is called out a minute later, once.
  await world.pass(60);
  await vi.waitFor(() => expect(storm?.replies).toHaveLength(1), patience);
  expect(storm?.replies[0]).toMatchObject({ broadcast: true, text: expect.stringContaining("more are critical") });
  await acknowledgeAll(world, storm?.ts ?? "");
  await endsWell(world, storm?.blocks ? () => storm.blocks[0]?.text?.text : () => undefined);
  expect(world.slack.messages).toHaveLength(6);
});

function footnotes({ slack }: AlertsWorld): readonly number[] {
  const context = slack.messages.flatMap(({ blocks }) => blocks.filter(({ type }) => type === "context"));
  return context.flatMap(({ elements = [] }) =>
    elements.flatMap(({ text }) => (typeof text === "string" ? [...numbersIn(text)] : [])),
  );
}

async function acknowledgeAll(world: AlertsWorld, ts: string): Promise<void> {
  const request = () => world.slack.press({ ts, actionId: "acknowledge-all", at: world.now() });
  expect((await world.alerts.hooks.slack(request())).status).toBe(200);
  const at = `${Math.floor(world.now().getTime() / 1000)}.5`;
  const commands = openCommands(world.ports.table, world.now);
  const stored = await commands.get(`slack:${at}:U1:acknowledge-all:i-channel-49`);
  expect(stored?.received).toMatchObject({ command: { name: "acknowledge" }, by: { via: "slack", name: "anna" } });
}

async function endsWell(world: AlertsWorld, header: () => string | undefined): Promise<void> {
  for (let stream = 0; stream < streams; stream++) {
    const incident = incidentOf(stream, findingsEach);
    const resolvedAt = "2030-01-01T00:05:00.000Z";
    const history = [...incident.history, { at: resolvedAt, what: "resolved" as const, by: system }];
    await world.tell({ ...incident, status: "resolved", resolvedAt, history, version: incident.version + 1 });
  }
  await world.settled();
  await world.pass(10);
  await vi.waitFor(() => expect(header()).toBe("🟢 Storm over: 45 incidents, all resolved"), patience);
}

test("a storm of hundreds fills one message after the other", async () => {
  const world = await openAlertsWorld({ config: { storm: { messagesPerMinute: 1 } } });
  const hostile = "<!channel>&".repeat(8);
  const count = 60;
  for (let index = 0; index < count; index++) {
    const streamId = `${hostile}${index}`;
    await world.tell(
      sampleIncident({ id: `i${index}`, number: index + 1, streamId, parts: [samplePart({ streamId })] }),
    );
  }
  await world.settled();
  await world.pass(10);
  const all = new Set(Array.from({ length: count }, (_, index) => index + 1));
  await vi.waitFor(() => expect(new Set([...footnotes(world), ...numbersIn(shownIn(world))])).toEqual(all), patience);
  expect(world.slack.messages.length).toBeLessThan(8);
  expect(world.errors).toEqual([]);
});

test("once the storm is over, what it listed gets a message of its own with the next that people are to notice", async () => {
  const world = await openAlertsWorld({ config: { storm: { messagesPerMinute: 1 } } });
  const incidents = [0, 1].map((stream) => incidentOf(stream, 1));
  for (const incident of incidents) await world.tell(incident);
  await world.settled();
  expect(world.slack.messages.map(({ text }) => text.includes("Storm"))).toEqual([false, true]);
  const listed = incidentOf(1, 1);
  const again = (version: number) => {
    const history = [...listed.history, { at: listed.openedAt, what: "repeated" as const, by: system }];
    return { ...listed, history, version };
  };
  await world.pass(60);
  await world.tell(again(2));
  await world.settled();
  expect(world.slack.messages).toHaveLength(2);
  await world.pass(61);
  await world.tell(again(3));
  await world.settled();
  expect(world.slack.messages.map(({ text }) => text.includes("channel-01"))).toEqual([false, false, true]);
});
