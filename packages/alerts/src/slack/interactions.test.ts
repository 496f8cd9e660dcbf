import { openCommands } from "@glasswatch/core/state/commands";
import { expect, test } from "vitest";
import { openAlertsWorld } from "../../../../test/support/alerts-world.ts";
import type { Press } from "../../../../test/support/fake-slack.ts";
import { sampleIncident } from "../../../../test/support/sample-incident.ts";

const by = { via: "slack", name: "anna" };

const buttons = [
  { actionId: "acknowledge", command: { name: "acknowledge", incidentId: "i1" } },
  { actionId: "silence", command: { name: "silence", streamIds: ["channel-5"], minutes: 60 } },
  { actionId: "approve-repair", command: { name: "approve-repair", repairId: "r1" } },
  { actionId: "reject-repair", command: { name: "reject-repair", repairId: "r1" } },
  { actionId: "not-a-defect", command: { name: "not-a-defect", incidentId: "i1" } },
];

async function openedMessage() {
  const world = await openAlertsWorld();
  const repairs = [{ id: "r1", action: "switch-source", status: "awaiting-approval" as const }];
  await world.tell(sampleIncident({ repairs }));
  await world.settled();
  const ts = world.slack.messages[0]?.ts ?? "";
  const at = world.now();
  const idOf = (actionId: string) => `slack:${Math.floor(at.getTime() / 1000)}.5:U1:${actionId}:i1`;
  const commands = openCommands(world.ports.table, world.now);
  return {
    world,
    press: (press: Partial<Press>) => {
      const request = world.slack.press({ ts, actionId: "acknowledge", at, ...press });
      return world.alerts.hooks.slack(request);
    },
    stored: (actionId: string) => commands.get(idOf(actionId)),
    answer: (actionId: string, answer: { readonly done: boolean; readonly text: string }) =>
      commands.answer(idOf(actionId), answer),
  };
}

test("each button is its command, once, by whoever pressed it", async () => {
  const { press, stored } = await openedMessage();
  for (const { actionId, command } of buttons) {
    const responses = await Promise.all([press({ actionId }), press({ actionId })]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect((await stored(actionId))?.received).toMatchObject({ command, by, replyTo: null });
  }
});

const refused: readonly { readonly name: string; readonly press: Partial<Press>; readonly status: number }[] = [
  { name: "another app's signature", press: { secret: "another" }, status: 401 },
  { name: "six minutes old", press: { at: new Date("2029-12-31T23:54:00.000Z") }, status: 401 },
  { name: "six minutes ahead", press: { at: new Date("2030-01-01T00:07:00.000Z") }, status: 401 },
  { name: "an action that we do not have", press: { pretendActionId: "delete-everything" }, status: 200 },
  { name: "a storm's action on an incident", press: { pretendActionId: "acknowledge-all" }, status: 200 },
];

test("what is not signed just now is refused, and what is no button of ours is without effect", async () => {
  const { world, press, stored } = await openedMessage();
  for (const { name, press: how, status } of refused) expect((await press(how)).status, name).toBe(status);
  const unsigned = new Request("https://glasswatch.example/hooks/slack", { method: "POST", body: "payload={}" });
  expect((await world.alerts.hooks.slack(unsigned)).status).toBe(401);
  expect(await stored("acknowledge")).toBeNull();
});

test("whoever pressed a button is told why it was not done, once", async () => {
  const { world, press, answer } = await openedMessage();
  for (const actionId of ["approve-repair", "acknowledge"]) await press({ actionId });
  await answer("acknowledge", { done: true, text: "acknowledged" });
  await answer("approve-repair", { done: false, text: "the <repair> is over" });
  await world.settled();
  await answer("approve-repair", { done: false, text: "the <repair> is over" });
  await world.settled();
  const replies = world.slack.messages[0]?.replies.map(({ text }) => text);
  expect(replies).toEqual(["*anna* wanted approve-repair: the &lt;repair&gt; is over"]);
});
