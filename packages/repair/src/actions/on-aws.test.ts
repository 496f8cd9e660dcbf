import { UnavailableError } from "@glasswatch/core/ports/errors";
import type { MediaInputs } from "@glasswatch/core/ports/media-inputs";
import type { Workflows } from "@glasswatch/core/ports/workflows";
import { expect, test } from "vitest";
import { openRepairWorld, type Policy } from "../testing/repair-world.ts";

const arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:Repair";
const policies = {
  inputs: { mode: "auto", actions: [{ action: "switch-source", options: { through: "medialive" } }] },
  workflow: { mode: "auto", actions: [{ action: "run-workflow", options: { arn } }] },
} satisfies Readonly<Record<string, Policy>>;

/** A channel of three inputs, as the port promises it; packages/aws has the real one. */
function openChannel() {
  const switches: string[] = [];
  let active = "primary";
  const mediaInputs: MediaInputs = {
    async of(channelId) {
      if (channelId !== "7") throw new Error("no such channel");
      return { names: ["primary", "backup", "spare"], active };
    },
    async switchTo(_, input, name) {
      active = input;
      switches.push(`${input} ${name.endsWith("-back") ? "back" : "there"}`);
    },
  };
  return { switches, mediaInputs };
}

test("a channel takes its next input, its former where that did not help, and then the one after", async () => {
  const { switches, mediaInputs } = openChannel();
  const world = await openRepairWorld(policies.inputs, { mediaInputs });
  await world.addStream({ labels: { "medialive-channel": "7" } });
  await world.incident();
  await world.wait(301);
  await world.incident();
  await world.wait(301);
  await world.incident();
  expect(switches).toEqual(["backup there", "primary back", "spare there", "primary back"]);
  expect((await world.repairs()).at(-1)?.log.at(-1)?.text).toBe("not begun: channel 7 has no other input left");
});

test.each([
  { name: "no channel named", policy: policies.inputs, labels: {}, text: "Channel 5 has no label medialive-channel" },
  {
    ...{ name: "no such channel", policy: policies.inputs, labels: { "medialive-channel": "8" } },
    text: "channel 8 of MediaLive: no such channel",
  },
  { name: "not on AWS", policy: policies.workflow, labels: {}, text: "only a deployment on AWS can run workflows" },
])("what cannot be done is told, and not begun: $name", async ({ policy, labels, text }) => {
  const world = await openRepairWorld(policy, { mediaInputs: openChannel().mediaInputs });
  await world.addStream({ labels });
  await world.incident();
  expect((await world.repairs()).map(({ status, log }) => `${status} ${log.at(-1)?.text}`)).toEqual([
    `abandoned not begun: ${text}`,
  ]);
});

test("a workflow that cannot be started for now is started later, under the same name", async () => {
  const started: string[] = [];
  let isDown = true;
  const workflows: Workflows = {
    async start(_, name) {
      if (isDown) throw new UnavailableError("throttled");
      started.push(name);
    },
  };
  const world = await openRepairWorld(policies.workflow, { workflows });
  await world.addStream();
  await expect(world.incident()).rejects.toThrow(UnavailableError);
  isDown = false;
  await world.handleTold();
  await world.wait(91);
  const [repair] = await world.repairs();
  expect(started).toEqual([repair?.id]);
  expect(repair).toMatchObject({ status: "verifying", reversible: false });
});
