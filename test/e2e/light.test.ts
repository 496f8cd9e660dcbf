import { scanDocumentSchema } from "@glasswatch/core/scan-result";
import type { Tier } from "@glasswatch/core/tier";
import { parseProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { describe, expect, test } from "vitest";
import { cases as gapCases } from "../cases/detectors/timestamp-gap.ts";
import { cases as jumpCases } from "../cases/detectors/timestamp-jump.ts";
import { keySeconds, cases as pictureCases, soundRecipe } from "../cases/light.ts";
import { fixture, fixtureOf } from "../fixtures/fixture.ts";
import type { Recipe } from "../fixtures/recipe.ts";
import { recipes } from "../fixtures/recipes.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";
import { scanHere } from "../support/scan-here.ts";

/* What is found where only key pictures are watched until one looks like a defect. */

const plans = planDetectors(detectors, parseProfile({}, detectors), {});
const frameSeconds = 0.041;

async function resultOf(name: string, recipe: Recipe, tier: Tier = "light") {
  const input = await fixtureOf({ ...recipes, [name]: recipe }, name);
  const result = await scanHere({ input, detectors: plans, ignore: [], tier, allowPrivate: false });
  expect(result.error).toBeNull();
  return result;
}

test.each(pictureCases)("$name", async ({ name, recipe, findings, promoted }) => {
  const { findings: found, coverage } = await resultOf(`light-${name}`, recipe);
  expect(found.filter(({ severity }) => severity !== "info").map(({ kind }) => kind)).toEqual(
    findings.map(({ kind }) => kind),
  );
  for (const [index, { startSeconds, endSeconds }] of findings.entries()) {
    const late = (found[index]?.startSeconds ?? Number.NaN) - startSeconds;
    expect(late).toBeGreaterThan(-frameSeconds);
    expect(late).toBeLessThan(keySeconds + frameSeconds);
    expect(Math.abs((found[index]?.endSeconds ?? Number.NaN) - endSeconds)).toBeLessThan(frameSeconds);
  }
  // Where the reader begins, and the last picture.
  const unpromotedSeconds = keySeconds + 2 * frameSeconds;
  if (promoted) expect(coverage?.fullSeconds).toBeGreaterThan(5);
  else expect(coverage?.fullSeconds).toBeLessThan(unpromotedSeconds);
});

test("findings of sound are those of a full scan", async () => {
  const light = await resultOf("light-sound", soundRecipe);
  const full = await resultOf("light-sound", soundRecipe, "full");
  const kinds = new Set(full.findings.map(({ kind }) => kind));
  expect(kinds).toContain("audio-silence");
  expect(kinds).toContain("audio-clipping");
  expect(light.findings).toEqual(full.findings);
  expect(light.audio).toEqual(full.audio);
  expect(light.coverage?.lightSeconds).toBeGreaterThan(10);
});

describe("clocks: nothing is told that a full scan does not tell", () => {
  const cases = [
    ...gapCases.map((given) => ({ ...given, id: "timestamp-gap" })),
    ...jumpCases.map((given) => ({ ...given, id: "timestamp-jump" })),
  ];

  test.each(cases)("$name", async ({ id, name, recipe, findings }) => {
    const { findings: found } = await resultOf(`${id}-${name}`, recipe);
    const clock = found.filter(({ kind }) => kind.startsWith("timestamp-"));
    for (const { startSeconds, endSeconds } of clock) {
      const meant = findings.find(
        (expected) =>
          Math.abs((endSeconds ?? Number.NaN) - expected.endSeconds) < frameSeconds &&
          Math.abs(startSeconds - expected.startSeconds) < keySeconds,
      );
      expect(meant).toBeDefined();
    }
    expect(clock.length).toBeLessThanOrEqual(findings.length);
  });

  test("a jump is found, and half a second that is missing from a stream with timestamps for each picture", async () => {
    const names = ["half a second of pictures is missing", "forward by a minute"];
    const found = cases
      .filter(({ name }) => names.includes(name))
      .map(({ id, name, recipe }) => resultOf(`${id}-${name}`, recipe));
    const kinds = (await Promise.all(found)).flatMap(({ findings }) => findings.map(({ kind }) => kind));
    expect(kinds).toEqual(["timestamp-gap", "timestamp-jump"]);
  });
});

test("the command tells what was not watched", async () => {
  await using folder = await temporaryFolder();
  const path = await fixture("clip");
  const people = await runCli(["scan", path, "--tier", "light"], folder.path);
  expect(people.exitCode).toBe(0);
  expect(people.stderr).toContain("watched key pictures only for 2 s of 3 s");
  const machine = await runCli(["scan", path, "--tier", "light", "--json"], folder.path);
  const [result] = scanDocumentSchema.parse(JSON.parse(machine.stdout)).results;
  expect(result?.coverage).toMatchObject({ skippedSeconds: 0 });
  const full = await runCli(["scan", path, "--json"], folder.path);
  expect(scanDocumentSchema.parse(JSON.parse(full.stdout)).results[0]).not.toHaveProperty("coverage");
  expect((await runCli(["scan", path, "--tier", "lite"], folder.path)).exitCode).toBe(2);
});
