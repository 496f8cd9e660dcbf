import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { openCommands } from "@glasswatch/core/state/commands";
import { openStreams } from "@glasswatch/core/state/streams";
import { expect, test } from "vitest";
import { openAlertsWorld } from "../../../../test/support/alerts-world.ts";
import { sampleIncident } from "../../../../test/support/sample-incident.ts";
import { sampleStream } from "../../../../test/support/sample-stream.ts";
import { idOf } from "../deterministic-id.ts";

const ann = "+4915112345678";
const bob = "+4915187654321";

const config = {
  channels: { night: { type: "sms", people: ["ann", "bob"] } },
  people: { ann: { phone: ann, mayCommand: true }, bob: { phone: bob } },
  routes: [],
};

async function openWorld() {
  const world = await openAlertsWorld({ config });
  const { table } = world.ports;
  const streams = openStreams(table);
  await streams.create(sampleStream({ id: "channel5-hd", name: "Channel 5 HD" }));
  await streams.create(sampleStream({ id: "channel5-sd", name: "Channel 5 SD" }));
  const repairs = [{ id: "r1", action: "switch-source", status: "awaiting-approval" } as const];
  await world.tell(sampleIncident({ streamId: "channel5-hd", muted: true, repairs }));
  await world.settled();
  const commands = openCommands(table, world.now);
  let sent = 0;
  return {
    ...world,
    /** @returns the command that it became, and what was answered */
    async receive(text: string, { from = ann, messageId = `m${++sent}`, ageSeconds = 0 } = {}) {
      const receivedAt = new Date(world.now().getTime() - ageSeconds * 1000);
      await world.alerts.hooks.sms({ from, text, messageId, receivedAt });
      await world.settled();
      const stored = await commands.get(idOf("sms", messageId));
      return { command: stored?.received.command, stored, answers: world.messages.splice(0) };
    },
    async answered(id: string): Promise<void> {
      await commands.answer(id, { done: true, text: "Incident 12 acknowledged – by ann." });
      await world.settled();
    },
  };
}

test("commands of those who may become commands, with who said it and where the answer goes", async () => {
  const world = await openWorld();
  const cases = [
    ["status", { name: "status" }],
    ["ack #12 30m", { name: "acknowledge", incidentId: "i1", minutes: 30 }],
    [
      "MUTE Channel 5 HD 1h black-picture",
      { name: "silence", streamIds: ["channel5-hd"], minutes: 60, kinds: ["black-picture"] },
    ],
    ["report channel5h", { name: "report", streamId: "channel5-hd" }],
    ["repair 12", { name: "repair", incidentId: "i1" }],
    ["approve 12", { name: "approve-repair", repairId: "r1" }],
  ] as const;
  for (const [text, command] of cases) {
    const { stored, answers } = await world.receive(text);
    expect(stored?.received).toMatchObject({
      command,
      by: { via: "sms", name: "ann" },
      replyTo: { channel: "sms", to: ann },
    });
    expect(answers).toEqual([]);
  }
});

test("what cannot be made a command of is answered by what would help", async () => {
  const world = await openWorld();
  const cases = [
    ["HELP", /^STATUS: what is open/],
    ["whats up", /^Not understood/],
    ["ack 99", /^There is no incident 99/],
    ["report channel5", /^channel5 could be channel5-hd, channel5-sd\. Send more/],
    ["report channel6", /^No stream is called channel6/],
  ] as const;
  for (const [text, answer] of cases) {
    const { command, answers } = await world.receive(text);
    expect(command).toBeUndefined();
    expect(answers).toEqual([{ to: ann, text: expect.stringMatching(answer) }]);
  }
});

test("the same message again is without effect, and its answer is sent once", async () => {
  const world = await openWorld();
  const { stored } = await world.receive("ack 12", { messageId: "once" });
  await world.receive("ack 12 1h", { messageId: "once" });
  const id = stored?.received.id ?? "";
  await world.answered(id);
  const facts = { streamId: "-", entityId: id, revision: 2, occurredAt: world.now(), traceparent: openTrace() };
  const data = { id, done: true, text: "again", replyTo: { channel: "sms", to: ann } as const };
  await world.alerts.handle(makeEvent({ ...facts, detailType: "command.answered", data }));
  expect(world.messages.splice(0)).toEqual([{ to: ann, text: "Incident 12 acknowledged - by ann." }]);

  const { answers } = await world.receive("HELP", { messageId: "help" });
  expect(answers).toHaveLength(1);
  expect((await world.receive("HELP", { messageId: "help" })).answers).toEqual([]);
});

test.each([
  ["of a number that may not command", { from: bob }],
  ["of a number that nobody knows", { from: "+15550100" }],
  ["that is too old", { ageSeconds: 601 }],
])("a message %s has no effect and no answer", async (_, message) => {
  const world = await openWorld();
  for (const text of ["ack 12", "HELP"]) {
    expect(await world.receive(text, message)).toMatchObject({ command: undefined, answers: [] });
  }
});
