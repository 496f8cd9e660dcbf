import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Manifest, manifestSchema } from "@glasswatch/repair/media/manifest";
import { describe, expect, test } from "vitest";
import { repairRecipes } from "../cases/repair.ts";
import { fixtureOf } from "../fixtures/fixture.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const fixture = (name: string) => fixtureOf(repairRecipes, name, "fixtures/repair");

function kindsOf({ findings }: Manifest["before"]): readonly string[] {
  return findings.map(({ kind }) => kind).toSorted();
}

describe.concurrent("repair", () => {
  test("sound 200 ms early at −31 LUFS and damaged pictures come back fixed and scan clean", async () => {
    await using folder = await temporaryFolder();
    const [broken, whole] = [await fixture("broken"), await fixture("whole")];
    const original = await readFile(broken);
    await writeFile(join(folder.path, "-p:1.json"), JSON.stringify({ expect: { loudness: {} } }));
    const run = await runCli(
      [
        "repair",
        broken,
        "--out",
        "re paired",
        "--source",
        whole,
        "--profile",
        "./-p:1.json",
        "--fail-on",
        "info",
        "--json",
      ],
      folder.path,
    );
    const manifest = manifestSchema.parse(JSON.parse(run.stdout));
    expect(kindsOf(manifest.before)).toEqual(["av-desync", "block-corruption", "loudness"]);
    expect(manifest.actions.map(({ action }) => action)).toEqual([
      "replace-segment",
      "normalise-loudness",
      "realign-audio",
    ]);
    expect(manifest.after?.findings).toEqual([]);
    expect(manifest.findings.gone).toHaveLength(3);
    expect(Math.abs((manifest.after?.audio[0]?.integratedLufs ?? 0) + 23)).toBeLessThanOrEqual(0.5);
    expect(manifest.actions[0]?.changes).toMatchObject([{ startSeconds: 8, endSeconds: 9 }]);
    expect(run.exitCode).toBe(0);
    expect({ left: run.leftRunning, files: run.leftFiles }).toEqual({ left: [], files: [] });
    const kept = await readFile(join(folder.path, "re paired/broken.mp4.repair.json"), "utf8");
    expect(JSON.parse(kept)).toEqual(JSON.parse(run.stdout));
    expect(await readFile(broken)).toEqual(original);
  });

  test("a dropout and a click are gone, and nothing that is there is overwritten", async () => {
    await using folder = await temporaryFolder();
    const holed = await fixture("holed");
    const args = ["repair", holed, "--out", "out", "--action", "conceal-audio", "--fail-on", "minor"];
    const run = await runCli([...args, "--detectors", "audio-dropout,audio-click"], folder.path);
    expect(run.stderr).toMatch(/2 gone, 0 left, 0 new\n$/);
    expect([run.exitCode, run.stdout]).toEqual([0, ""]);
    const again = await runCli(args, folder.path);
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining("is there already")]);
  });

  test.each([
    { args: ["a.mp4"], says: "--out DIR" },
    { args: ["a.mp4", "--out", "o", "--action", "realign-adio"], says: "did you mean realign-audio?" },
    { args: ["http://localhost/a.mp4", "--out", "o"], says: "works on files" },
    { args: ["a.mp4", "--out", "a.mp4"], says: "it is a file" },
  ])("$args is bad usage", async ({ args, says }) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "a.mp4"), "not media");
    const run = await runCli(["repair", ...args], folder.path);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});
