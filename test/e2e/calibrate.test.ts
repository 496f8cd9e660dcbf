import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scanDocumentSchema } from "@glasswatch/core/scan-result";
import { describe, expect, test } from "vitest";
import { fixture, fixtureOf } from "../fixtures/fixture.ts";
import { aac, exact, h264, picture, sound } from "../fixtures/ingredients.ts";
import { recipes } from "../fixtures/recipes.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const timeout = 120_000;

/** As the usual clip, 12 s long and 6 dB louder than the default target. */
const loudClip = () =>
  fixtureOf(
    {
      ...recipes,
      "loud-clip": {
        file: "loud-clip.mp4",
        inputs: [picture("160x90", "25", 12), sound(2, 48_000, 12)],
        options: ["-af", "volume=6dB", ...h264, ...aac, ...exact],
      },
    },
    "loud-clip",
  );

async function loudnessFindings(args: readonly string[], folder: string): Promise<number> {
  const run = await runCli(["scan", ...args, "--json"], folder);
  const { results } = scanDocumentSchema.parse(JSON.parse(run.stdout));
  return results.flatMap(({ findings }) => findings).filter(({ kind }) => kind === "loudness").length;
}

describe.concurrent("glasswatch calibrate", () => {
  test("a profile learned from a channel tells nothing of that channel", { timeout }, async () => {
    await using folder = await temporaryFolder();
    const clip = await loudClip();
    expect(await loudnessFindings([clip], folder.path)).toBe(1);
    const run = await runCli(["calibrate", clip, "--output", "channel.yaml"], folder.path);
    expect(run).toMatchObject({ exitCode: 0, stdout: "", leftRunning: [], leftFiles: [] });
    expect(run.stderr).toMatch(/only 12\.?\d* s to learn from/);
    expect(run.stderr).toMatch(/loudness +targetLufs +−23 +−1\d/);
    expect(await readFile(join(folder.path, "channel.yaml"), "utf8")).toMatch(
      /^ +targetLufs: -1\d(?:\.\d)? # learned from 1 input, 12/m,
    );
    expect(await loudnessFindings([clip, "--profile", "channel.yaml"], folder.path)).toBe(0);
  });

  test("what stands in a profile stays, and learning the same again changes nothing", { timeout }, async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "channel.yaml");
    await writeFile(path, "# channel 5\ndetectors:\n  frozen-picture:\n    enabled: false # stills all day\n");
    const clip = await loudClip();
    await runCli(["calibrate", clip, "--output", "channel.yaml"], folder.path);
    const once = await readFile(path, "utf8");
    expect(once).toMatch(/^# channel 5\n[\s\S]*enabled: false # stills all day\n[\s\S]*targetLufs: -1\d/);
    await runCli(["calibrate", clip, "--output", "channel.yaml"], folder.path);
    expect(await readFile(path, "utf8")).toBe(once);
  });

  test("without an output the profile is on standard output", { timeout }, async () => {
    await using folder = await temporaryFolder();
    const run = await runCli(["calibrate", await fixture("clip")], folder.path);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/^detectors:\n/);
  });

  test("material with a grave finding is refused by one line that names it", { timeout }, async () => {
    await using folder = await temporaryFolder();
    const bars = fixtureOf(
      {
        bars: {
          file: "bars.mp4",
          inputs: [{ graph: "smptehdbars=size=320x180:rate=25,trim=duration=11" }, sound(2, 48_000, 11)],
          options: [...h264, ...aac, ...exact],
        },
      },
      "bars",
    );
    const run = await runCli(["calibrate", await bars, "--output", "channel.yaml"], folder.path);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr.trim().split("\n")).toEqual([
      expect.stringMatching(/not clean: .*bars\.mp4: test-pattern \(major\) at 00:00:00/),
    ]);
    await expect(readFile(join(folder.path, "channel.yaml"))).rejects.toThrow("ENOENT");
  });

  test("an input that cannot be read: exit code 3, and nothing is learned", { timeout }, async () => {
    await using folder = await temporaryFolder();
    const run = await runCli(["calibrate", await fixture("clip"), "not-there.mp4"], folder.path);
    expect(run).toMatchObject({ exitCode: 3, stdout: "" });
    expect(run.stderr).toContain("not-there.mp4");
  });

  test("what is no profile is not written over", { timeout }, async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "notes.txt"), "not a profile");
    const run = await runCli(["calibrate", await fixture("clip"), "--output", "notes.txt"], folder.path);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await readFile(join(folder.path, "notes.txt"), "utf8")).toBe("not a profile");
  });
});
