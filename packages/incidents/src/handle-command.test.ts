import type { Command } from "@glasswatch/core/command";
import { openCommands } from "@glasswatch/core/state/commands";
import { openFindings } from "@glasswatch/core/state/findings";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openSilences } from "@glasswatch/core/state/silences";
import { expect, test } from "vitest";
import { type IncidentsWorld, openIncidentsWorld } from "../../../test/support/incidents-world.ts";

const mia = { via: "sms", name: "Mia" } as const;

/** Gives a command, twice as queues may. @returns its answer */
async function say(world: IncidentsWorld, command: Command) {
  const id = crypto.randomUUID();
  const received = { id, command, by: mia, replyTo: null };
  const commands = openCommands(world.ports.table, world.clock);
  await commands.receive(received, "-");
  const event = world.event({
    detailType: "command.received",
    streamId: "-",
    entityId: id,
    revision: 1,
    data: received,
  });
  await Promise.all([world.handle(event), world.handle(event)]);
  await world.handle(event);
  return (await commands.get(id))?.answer;
}

interface Case {
  readonly name: string;
  readonly command: (numbers: { readonly id: string }) => Command;
  readonly done: boolean;
  readonly text: string;
}

/** One after the other, on a world with one incident. */
const cases: readonly Case[] = [
  {
    name: "status",
    command: () => ({ name: "status" }),
    ...{ done: true, text: "1 open: 1 critical Channel five black-picture 3 min" },
  },
  {
    name: "no such incident",
    command: () => ({ name: "acknowledge", incidentId: "12" }),
    ...{ done: false, text: "There is no incident 12." },
  },
  {
    name: "acknowledge, by number",
    command: () => ({ name: "acknowledge", incidentId: "1", minutes: 60 }),
    ...{ done: true, text: "Incident 1 acknowledged until 13:03 UTC: black-picture, Channel five." },
  },
  {
    name: "status, then",
    command: () => ({ name: "status" }),
    ...{ done: true, text: "1 open: 1 critical Channel five black-picture 3 min ack" },
  },
  {
    name: "reopen what is open",
    command: ({ id }) => ({ name: "reopen", incidentId: id }),
    ...{ done: false, text: "Incident 1 is acknowledged: there is nothing to reopen." },
  },
  {
    name: "report",
    command: () => ({ name: "report", streamId: "channel-5" }),
    ...{ done: true, text: "Channel five: not watched yet. 1 incident in 24 h. Open: 1 critical black-picture" },
  },
  {
    name: "resolve, by id",
    command: ({ id }) => ({ name: "resolve", incidentId: id }),
    ...{ done: true, text: "Incident 1 resolved: black-picture, Channel five. It reopens if that lasts 5 min more." },
  },
  {
    name: "resolve again",
    command: ({ id }) => ({ name: "resolve", incidentId: id }),
    ...{ done: false, text: "Incident 1 is resolved already." },
  },
  {
    name: "acknowledge what is resolved",
    command: ({ id }) => ({ name: "acknowledge", incidentId: id }),
    ...{ done: false, text: "Incident 1 is resolved already." },
  },
  {
    name: "status, in the end",
    command: () => ({ name: "status" }),
    ...{ done: true, text: "Nothing is open." },
  },
  {
    name: "reopen",
    command: ({ id }) => ({ name: "reopen", incidentId: id }),
    ...{ done: true, text: "Incident 1 reopened: black-picture, Channel five." },
  },
  {
    name: "silence",
    command: () => ({ name: "silence", streamIds: ["channel-5"], minutes: 30 }),
    ...{ done: true, text: "Silenced until 12:33 UTC: Channel five" },
  },
  {
    name: "silence a stream that there is not",
    command: () => ({ name: "silence", streamIds: ["channel-5", "nine"], minutes: 30 }),
    ...{ done: false, text: "There is no stream nine." },
  },
  {
    name: "no defect",
    command: ({ id }) => ({ name: "not-a-defect", incidentId: id }),
    ...{ done: true, text: "Incident 1 closed as no defect: black-picture, Channel five." },
  },
  {
    name: "report of a stream that there is not",
    command: () => ({ name: "report", streamId: "nine" }),
    ...{ done: false, text: "There is no stream nine." },
  },
];

test("what people say is done once, and answered in a line", async () => {
  const world = await openIncidentsWorld();
  await world.stream("channel-5", { name: "Channel five" });
  await world.handle(await world.step({ id: "f", severity: "critical" }));
  world.pass(185);
  const [{ id = "" } = {}] = await world.incidents();
  const answers: object[] = [];
  for (const { name, command } of cases) {
    const answer = await say(world, command({ id }));
    answers.push({ name, done: answer?.done, text: answer?.text });
    world.pass(0.001);
  }
  expect(answers).toEqual(cases.map(({ name, done, text }) => ({ name, done, text })));

  const [incident] = await world.incidents();
  const lines = incident?.history.map(({ what, by }) => `${what} ${by.name}`);
  expect(lines).toEqual([
    ...["opened glasswatch", "acknowledged Mia", "resolved Mia", "reopened Mia", "not-a-defect Mia"],
  ]);
  expect(await openFindings(world.ports.table).get("f")).toMatchObject({ dismissed: { by: mia } });
  expect((await openSilences(world.ports.table).list({ limit: 10 })).items).toHaveLength(1);
});

test("status of very much is one SMS, the worst first", async () => {
  const crowded = await openIncidentsWorld();
  for (let index = 1; index <= 12; index++) {
    await crowded.handle(
      await crowded.step({ id: `f${index}`, severity: index === 12 ? "critical" : "major" }, `stream-${index}`),
    );
  }
  const { text = "" } = (await say(crowded, { name: "status" })) ?? {};
  expect(text).toMatch(/^12 open: 12 critical stream-12 black-picture 0 min; .*; \d+ more$/);
  expect(text.length).toBeLessThanOrEqual(160);
});

test("what is resolved stays so where a later one of the same is open", async () => {
  const other = await openIncidentsWorld({ settleSeconds: 0 });
  const incidents = openIncidents(other.ports.table);
  await other.handle(await other.step({ id: "f" }));
  const [first] = await other.incidents();
  await say(other, { name: "not-a-defect", incidentId: first?.id ?? "" });
  await other.handle(await other.step({ id: "g" }));
  expect(await say(other, { name: "reopen", incidentId: "1" })).toMatchObject({
    ...{ done: false, text: "Incident 1 stays resolved: 2 is open for the same." },
  });
  expect((await incidents.listOpen({ limit: 10 })).items).toMatchObject([{ number: 2 }]);
});
