import { readFile } from "node:fs/promises";
import { GlasswatchError } from "@glasswatch/core/errors";
import { planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { expect, test } from "vitest";
import { profileOfText } from "./profile-file.ts";

const page = await readFile(new URL("../../../docs/profile.md", import.meta.url), "utf8");

test("the example of docs/profile.md is a profile, and every part of it has an effect", () => {
  const [, example = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const profile = profileOfText("docs/profile.md", example, detectors);
  const plans = new Map(planDetectors(detectors, profile).map((plan) => [plan.id, plan]));
  expect(plans.get("audio-silence")?.options).toMatchObject({ thresholdDbfs: -54, minorFromSeconds: 4 });
  expect(plans.has("channel-silence")).toBe(false);
  expect(plans.get("timestamp-gap")?.severity).toBe("minor");
  expect(plans.get("loudness")?.expectation).toEqual({ targetLufs: -23, toleranceLu: 1 });
  expect(plans.get("true-peak")?.expectation).toEqual({ maxDbtp: -1 });
  expect(profile.ignore).toHaveLength(2);
});

test("the example of README.md is a profile too", async () => {
  const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
  const plans = planDetectors(detectors, profileOfText("README.md", example, detectors));
  expect(plans.find(({ id }) => id === "frozen-picture")?.options).toMatchObject({ minorFromSeconds: 4 });
  expect(plans.find(({ id }) => id === "loudness")?.expectation).toEqual({ targetLufs: -23 });
});

test("the examples of docs/repair.md are profiles, too", async () => {
  const repair = await readFile(new URL("../../../docs/repair.md", import.meta.url), "utf8");
  const examples = [...repair.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => text);
  const policies = examples.map((text) => profileOfText("docs/repair.md", text, detectors).repair?.actions ?? []);
  const told = policies.map((actions) => actions.map(({ action, needsApproval }) => [action, needsApproval]));
  expect(told).toEqual([
    [
      ["switch-source", false],
      ["call-webhook", true],
    ],
    [
      ["normalise-loudness", false],
      ["conceal-audio", false],
      ["replace-segment", true],
    ],
  ]);
});

test("its messages are what is printed", () => {
  const wrong = `detectors:
  audio-silence:
    options:
      minorFromSecond: 4



ignore:
  - { fromSeconds: 30, toSeconds: 0.5 }
`;
  const [, shown = ""] = /```\n(glasswatch: .*?)\n```/s.exec(page) ?? [];
  try {
    profileOfText("channel.yaml", wrong, detectors);
    expect.fail("accepted");
  } catch (error) {
    if (!(error instanceof GlasswatchError)) throw error;
    expect(error.message.replace(/^/gm, "glasswatch: ")).toBe(shown);
  }
});
