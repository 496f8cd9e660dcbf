import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { markSchema } from "@glasswatch/core/mark";
import { type ScanDocument, scanDocumentSchema } from "@glasswatch/core/scan-result";
import { beforeAll, describe, expect, test } from "vitest";
import { fixtureOf } from "../fixtures/fixture.ts";
import { aac, exact, h264, picture, sound } from "../fixtures/ingredients.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const profile = "# channel 5\ndetectors:\n  loudness: { enabled: false } # a rough cut\n";

/** A programme that is silent from 2 s on. */
async function silentFor(seconds: number): Promise<string> {
  const name = `silent-${seconds}`;
  const recipe = {
    file: `${name}.mp4`,
    inputs: [picture("160x90", "25", 9), sound(2, 48_000, 9)],
    options: ["-af", `volume=0:enable='between(t,2,${2 + seconds})'`, ...h264, ...aac, ...exact],
  };
  return fixtureOf({ [name]: recipe }, name);
}

let scanned: ScanDocument;

beforeAll(async () => {
  await using folder = await temporaryFolder();
  const { stdout } = await runCli(
    ["scan", await silentFor(2.3), await silentFor(2.5), await silentFor(5), "--detectors", "audio-silence", "--json"],
    folder.path,
  );
  scanned = scanDocumentSchema.parse(JSON.parse(stdout));
});

/** The finding in the n-th of the inputs. */
function findingId(input: number): string {
  const id = scanned.results[input]?.findings[0]?.id;
  if (id === undefined) throw new Error("nothing was found");
  return id;
}

async function prepared() {
  const folder = await temporaryFolder();
  await writeFile(join(folder.path, "scan.json"), JSON.stringify(scanned));
  await writeFile(join(folder.path, "channel.yaml"), profile);
  return {
    path: folder.path,
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
    feedback: (...args: readonly string[]) => runCli(["feedback", ...args], folder.path),
    textOf: (file: string) => readFile(join(folder.path, file), "utf8"),
  };
}

describe("glasswatch feedback", () => {
  test("shows the change and what it would have changed in the past, and changes nothing", async () => {
    await using at = await prepared();
    const run = await at.feedback(findingId(1), "scan.json", "--not-a-defect", "--profile", "channel.yaml");
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toMatch(/audio-silence.*marked as not a defect in feedback\.jsonl/);
    expect(run.stdout).toMatch(/\+ +minorFromSeconds: 2\.\d+ # was 2;/);
    expect(run.stdout).toContain("1 other finding among 2 findings of 3 inputs would have changed");
    expect(run.stdout).toContain(findingId(0));
    expect(run.stdout).not.toContain(findingId(2));
    expect(await at.textOf("channel.yaml")).toBe(profile);
  });

  test("the same input scanned with the changed profile is silent, and asked again nothing changes", async () => {
    await using at = await prepared();
    const args = [findingId(0), "scan.json", "--not-a-defect", "--profile", "channel.yaml", "--apply"];
    expect(await at.feedback(...args)).toMatchObject({ exitCode: 0, stderr: "" });
    const changed = await at.textOf("channel.yaml");
    expect(changed.startsWith(profile)).toBe(true);

    const inputs = [await silentFor(2.3), await silentFor(5)];
    const { stdout } = await runCli(["scan", ...inputs, "--profile", "channel.yaml", "--json"], at.path, {});
    const kinds = scanDocumentSchema
      .parse(JSON.parse(stdout))
      .results.map(({ findings }) => findings.filter(({ kind }) => kind === "audio-silence").length);
    expect(kinds).toEqual([0, 1]);

    const again = await at.feedback(...args);
    expect(again.stdout).toContain("Nothing to change: channel.yaml does not tell it.");
    expect(await at.textOf("channel.yaml")).toBe(changed);
    const marks = (await at.textOf("feedback.jsonl")).trim().split("\n");
    expect(marks.map((line) => markSchema.parse(JSON.parse(line)).findingId)).toEqual([findingId(0)]);
  });

  test("a new profile is written where there is none", async () => {
    await using at = await prepared();
    await mkdir(join(at.path, "scans"));
    await symlink(join(at.path, "scan.json"), join(at.path, "scans/monday.json"));
    const args = [findingId(0), "scans", "--not-a-defect", "--note", "a pause", "--marks", "marks.jsonl"];
    expect((await at.feedback(...args, "--profile", "new.yaml", "--apply")).exitCode).toBe(0);
    expect(await at.textOf("new.yaml")).toMatch(
      /^detectors:\n {2}audio-silence:\n {4}options:\n {6}minorFromSeconds: 2/,
    );
    expect(JSON.parse(await at.textOf("marks.jsonl"))).toMatchObject({ verdict: "not-a-defect", note: "a pause" });
  });

  test.each([
    ["without a verdict", ["scan.json"], /--not-a-defect/],
    ["--apply without a profile", ["scan.json", "--not-a-defect", "--apply"], /--profile FILE/],
    ["a file that is no scan", ["channel.yaml", "--not-a-defect"], /channel\.yaml: this is not what glasswatch/],
    ["a file that is not there", ["gone.json", "--not-a-defect"], /gone\.json: no such file/],
    [
      "marks in a file of something else",
      ["scan.json", "--not-a-defect", "--marks", "channel.yaml"],
      /channel\.yaml:1/,
    ],
  ])("%s: exit code 2, one line, and nothing is written", async (_, args, line) => {
    await using at = await prepared();
    const run = await at.feedback(findingId(0), ...args);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr.trim().split("\n")).toEqual([expect.stringMatching(line)]);
    expect(await at.textOf("channel.yaml")).toBe(profile);
    await expect(at.textOf("feedback.jsonl")).rejects.toThrow("ENOENT");
  });

  test("an id that is not there is told with the nearest", async () => {
    await using at = await prepared();
    const id = findingId(0);
    const run = await at.feedback(`${id.slice(0, -1)}z`, "scan.json", "--not-a-defect");
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(id);
  });
});
