import { type Comparison, comparisonSchema } from "@glasswatch/core/comparison";
import { describe, expect, test } from "vitest";
import { compareCases, compareRecipes } from "../cases/compare.ts";
import { fixtureOf } from "../fixtures/fixture.ts";
import { differences } from "../support/expectation.ts";
import { type CliRun, gate, runCli, temporaryFolder } from "../support/run-cli.ts";

const twoAtATime = gate(2);

function compare(args: readonly string[], folder: string): Promise<CliRun> {
  return twoAtATime(() => runCli(["compare", ...args], folder));
}

async function pathOf(name: string): Promise<string> {
  return name in compareRecipes ? fixtureOf(compareRecipes, name, "fixtures/compare") : name;
}

function documentOf({ stdout }: CliRun): Comparison {
  return comparisonSchema.parse(JSON.parse(stdout));
}

describe.concurrent("compare", () => {
  test.each(compareCases)("$name", async ({ reference, input, exitCode, document }) => {
    await using folder = await temporaryFolder();
    const paths = [await pathOf(reference), await pathOf(input)];
    const run = await compare([...paths, "--json"], folder.path);
    const told = documentOf(run);
    expect(differences(told, document)).toEqual([]);
    expect([told.reference, told.input]).toEqual(paths);
    expect(run.exitCode).toBe(exitCode);
    expect({ left: run.leftRunning, files: run.leftFiles }).toEqual({ left: [], files: [] });
    if (told.verdict === "inconclusive" && !told.error) expect(run.stderr).toContain("inconclusive");
  });

  test("what people read goes to standard error", async () => {
    await using folder = await temporaryFolder();
    const run = await compare([await pathOf("reference"), await pathOf("sound early")], folder.path);
    expect(run.stdout).toBe("");
    expect(run.stderr).toContain("sound is early");
    expect(run.stderr).toContain("out of sync");
  });

  test.each([[["one.mp4"]], [["a.mp4", "b.mp4", "c.mp4"]], [["a.mp4", "b.mp4", "--tier", "light"]]])(
    "%j is bad usage",
    async (args) => {
      await using folder = await temporaryFolder();
      const run = await compare(args, folder.path);
      expect(run.exitCode).toBe(2);
      expect(run.stdout).toBe("");
    },
  );
});
