import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scanDocumentSchema } from "@glasswatch/core/scan-result";
import { describe, expect, test } from "vitest";
import { fixture, fixtureOf } from "../fixtures/fixture.ts";
import { aac, exact, sound } from "../fixtures/ingredients.ts";
import { type CliRun, gate, runCli, temporaryFolder } from "../support/run-cli.ts";

const twoAtATime = gate(2);

/** 6 dB louder than what is near the default target. */
const loudClip = () =>
  fixtureOf(
    {
      "loud-clip": {
        file: "loud-clip.m4a",
        inputs: [sound(2, 48_000, 12)],
        options: ["-af", "volume=6dB", ...aac, ...exact],
      },
    },
    "loud-clip",
  );

const invertedClip = () =>
  fixtureOf(
    {
      "inverted-clip": {
        file: "inverted.m4a",
        inputs: [sound(1, 48_000, 4)],
        options: ["-af", "pan=stereo|c0=c0|c1=-1*c0", ...aac, ...exact],
      },
    },
    "inverted-clip",
  );

function run(args: readonly string[], folder: string): Promise<CliRun> {
  return twoAtATime(() => runCli(args, folder));
}

async function loudnessFindings(args: readonly string[], folder: string): Promise<number> {
  const done = await run(["scan", ...args, "--json"], folder);
  const { results } = scanDocumentSchema.parse(JSON.parse(done.stdout));
  return results.flatMap(({ findings }) => findings).filter(({ kind }) => kind === "loudness").length;
}

describe.concurrent("glasswatch calibrate", () => {
  test("a profile learned from a channel tells nothing of that channel", async () => {
    await using folder = await temporaryFolder();
    const clip = await loudClip();
    expect(await loudnessFindings([clip], folder.path)).toBe(1);
    const done = await run(["calibrate", clip, "--output", "channel.yaml"], folder.path);
    expect(done).toMatchObject({ exitCode: 0, stdout: "", leftRunning: [], leftFiles: [] });
    expect(done.stderr).toMatch(/only 12\.?\d* s to learn from/);
    expect(done.stderr).toMatch(/loudness +targetLufs +−23 +−1\d/);
    expect(await readFile(join(folder.path, "channel.yaml"), "utf8")).toMatch(
      /^ +targetLufs: -1\d(?:\.\d)? # learned from 1 input, 12/m,
    );
    expect(await loudnessFindings([clip, "--profile", "channel.yaml"], folder.path)).toBe(0);
  });

  test("what stands in a profile stays, and learning the same again changes nothing", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "channel.yaml");
    await writeFile(path, "# channel 5\ndetectors:\n  frozen-picture:\n    enabled: false # stills all day\n");
    const clip = await loudClip();
    await run(["calibrate", clip, "--output", "channel.yaml"], folder.path);
    const once = await readFile(path, "utf8");
    expect(once).toMatch(/^# channel 5\n[\s\S]*enabled: false # stills all day\n[\s\S]*targetLufs: -1\d/);
    await run(["calibrate", clip, "--output", "channel.yaml"], folder.path);
    expect(await readFile(path, "utf8")).toBe(once);
  });

  test("without an output the profile is on standard output", async () => {
    await using folder = await temporaryFolder();
    const done = await run(["calibrate", await fixture("clip")], folder.path);
    expect(done.exitCode).toBe(0);
    expect(done.stdout).toMatch(/^detectors:\n/);
  });

  test("material with a grave finding is refused by one line that names it", async () => {
    await using folder = await temporaryFolder();
    const done = await run(["calibrate", await invertedClip(), "--output", "channel.yaml"], folder.path);
    expect(done).toMatchObject({ exitCode: 1, stdout: "" });
    const told = done.stderr.split("\n").filter((line) => line.startsWith("glasswatch: "));
    expect(told).toEqual([expect.stringMatching(/not clean: .*inverted\.m4a: phase-inversion \(major\) at 00:00:00/)]);
    await expect(readFile(join(folder.path, "channel.yaml"))).rejects.toThrow("ENOENT");
  });

  test("an input that cannot be read: exit code 3, and nothing is learned", async () => {
    await using folder = await temporaryFolder();
    const done = await run(["calibrate", await fixture("clip"), "not-there.mp4"], folder.path);
    expect(done).toMatchObject({ exitCode: 3, stdout: "" });
    expect(done.stderr).toContain("not-there.mp4");
  });

  test("what is no profile is not written over", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "notes.txt"), "not a profile");
    const done = await run(["calibrate", await fixture("clip"), "--output", "notes.txt"], folder.path);
    expect(done).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await readFile(join(folder.path, "notes.txt"), "utf8")).toBe("not a profile");
  });
});
