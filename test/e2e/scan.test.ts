import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ScanDocument, scanDocumentSchema } from "@glasswatch/core/scan-result";
import { describe, expect, test } from "vitest";
import { fixture } from "../fixtures/fixture.ts";
import { startHttpServer } from "../support/http-server.ts";
import { type CliOptions, type CliRun, gate, type RunningCli, runCli, temporaryFolder } from "../support/run-cli.ts";

const twoAtATime = gate(2);
/** Slow enough that a scan is still under way when the first line of progress comes. */
const slowly = { ranges: false, fault: { kind: "trickle", chunkBytes: 20_000, intervalMs: 50 } } as const;
const progressLine = /real time/;

function scan(args: readonly string[], folder: string, options?: CliOptions): Promise<CliRun> {
  return twoAtATime(() => runCli(["scan", ...args], folder, options));
}

function documentOf({ stdout }: CliRun): ScanDocument {
  return scanDocumentSchema.parse(JSON.parse(stdout));
}

function expectNothingLeft({ leftRunning, leftFiles }: CliRun): void {
  expect({ leftRunning, leftFiles }).toEqual({ leftRunning: [], leftFiles: [] });
}

describe.concurrent("what is scanned", () => {
  test("--from and --to bound the scan; times stay those of the input", async () => {
    await using folder = await temporaryFolder();
    const run = await scan([await fixture("black-programme"), "--json", "--from", "2", "--to", "5"], folder.path);
    const [result] = documentOf(run).results;
    expect(result).toMatchObject({ complete: true, error: null });
    expect(result?.durationSeconds).toBeCloseTo(3, 1);
    const black = result?.findings.find(({ kind }) => kind === "black-picture");
    expect(black?.startSeconds).toBeCloseTo(2, 1);
    expect(black?.endSeconds).toBeCloseTo(5, 1);
  });

  test("several inputs: one document, in their order; an unreadable one outweighs findings", async () => {
    await using folder = await temporaryFolder();
    const inputs = [await fixture("black-programme"), "not-there.mp4", await fixture("audio-only")];
    const run = await scan([...inputs, "--json", "--fail-on", "minor"], folder.path);
    expect(run.exitCode).toBe(3);
    expect(documentOf(run).results.map(({ input }) => input)).toEqual(inputs);
    expect(documentOf(run).results.map(({ error }) => error?.code)).toEqual([undefined, "file-not-found", undefined]);
    expectNothingLeft(run);
  });

  test("a folder stands for the media in it", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "films/deeper"), { recursive: true });
    await symlink(await fixture("clip"), join(folder.path, "films/clip.mp4"));
    await symlink(await fixture("audio-only"), join(folder.path, "films/deeper/sound.m4a"));
    await writeFile(join(folder.path, "films/notes.txt"), "Not a film.\n");
    const run = await scan(["films", "--json"], folder.path);
    expect(run.exitCode).toBe(0);
    const names = documentOf(run).results.map(({ input }) => input);
    expect(names).toEqual([join("films", "clip.mp4"), join("films", "deeper", "sound.m4a")]);
  });

  test("what people read goes to standard error", async () => {
    await using folder = await temporaryFolder();
    const run = await scan([await fixture("clip")], folder.path);
    expect(run).toMatchObject({ exitCode: 0, stdout: "" });
    expect(run.stderr).toContain("clip.mp4");
  });
});

describe.concurrent("what it ends with", () => {
  test.each([
    ["major", 0],
    ["minor", 1],
  ])("--fail-on %s: exit code %i for 6 s of black", async (severity, exitCode) => {
    await using folder = await temporaryFolder();
    const run = await scan([await fixture("black-programme"), "--json", "--fail-on", severity], folder.path);
    expect(run.exitCode).toBe(exitCode);
  });

  test("the report and the JUnit file are written", async () => {
    await using folder = await temporaryFolder();
    const args = [await fixture("black-programme"), "--report", "report.html", "--junit", "junit.xml"];
    const run = await scan([...args, "--fail-on", "minor"], folder.path);
    expect(run.exitCode).toBe(1);
    const report = await readFile(join(folder.path, "report.html"), "utf8");
    expect(report).toContain("black-programme.mp4");
    expect(report).not.toMatch(/(?:src|href)="https?:/);
    expect(await readFile(join(folder.path, "junit.xml"), "utf8")).toMatch(/<testsuites[\s\S]*<failure/);
    expectNothingLeft(run);
  });
});

describe.concurrent("outputs that cannot be written", () => {
  // Also where everything is permitted: none of these paths can ever be a file.
  test.each([
    ["below a file", "file/report.html"],
    ["in a folder that is not there", "nowhere/report.html"],
    ["which is a folder", "folder"],
  ])("a report %s: exit code 2 and one line", async (_where, path) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "file"), "");
    await mkdir(join(folder.path, "folder"));
    const run = await scan([await fixture("clip"), "--json", "--report", path], folder.path);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr.trim().split("\n")).toEqual([expect.stringContaining(path)]);
  });

  test.each(["--report", "--junit"])("a full disk at %s: exit code 4 and one line", async (option) => {
    await using folder = await temporaryFolder();
    await symlink("/dev/full", join(folder.path, "output"));
    const run = await scan([await fixture("clip"), "--json", option, "output"], folder.path);
    expect(run.exitCode).toBe(4);
    expect(run.stderr.trim().split("\n")).toEqual([expect.stringMatching(/output.*disk is full/)]);
    expect(documentOf(run).results[0]).toMatchObject({ complete: true });
    expectNothingLeft(run);
  });

  test("a full disk at standard output: exit code 4 and one line", async () => {
    await using folder = await temporaryFolder();
    const run = await scan([await fixture("clip"), "--json"], folder.path, { shell: '"$@" > /dev/full' });
    expect(run.exitCode).toBe(4);
    expect(run.stderr.trim().split("\n")).toEqual([expect.stringMatching(/standard output/)]);
  });
});

describe.concurrent("what happens to it midway", () => {
  test("Ctrl-C: a valid partial document and report, exit code 3", async () => {
    await using folder = await temporaryFolder();
    const run = await scanSlowly(["--report", "report.html"], folder.path, async ({ child }) => {
      child.kill("SIGINT");
    });
    expect(run.exitCode).toBe(3);
    const [result] = documentOf(run).results;
    expect(result).toMatchObject({ complete: false, error: { code: "interrupted" }, video: { width: 320 } });
    expect(result?.durationSeconds).toBeGreaterThan(0);
    expect(await readFile(join(folder.path, "report.html"), "utf8")).toContain("long-programme.mp4");
    expectNothingLeft(run);
  });

  test.each([
    { what: "dies", signal: "SIGKILL", code: "decoder-crashed" },
    { what: "is stuck", signal: "SIGSTOP", code: "decoder-hung" },
  ] as const)("a decoder that $what costs its own scan only", async ({ signal, code }) => {
    await using folder = await temporaryFolder();
    const run = await scanSlowly([await fixture("clip"), "--jobs", "1"], folder.path, async ({ processes }) => {
      const scans = (await processes()).filter(({ command }) => command.includes("scan-process"));
      for (const { id } of scans) process.kill(id, signal);
    });
    expect(run.exitCode).toBe(3);
    const [killed, other] = documentOf(run).results;
    expect(killed).toMatchObject({ complete: false, error: { code } });
    expect(killed?.error?.message).toContain("long-programme.mp4");
    expect(other).toMatchObject({ complete: true, error: null });
    expectNothingLeft(run);
  });

  /** Scans a long programme from a slow server, and does something to it at the first line of progress. */
  async function scanSlowly(args: readonly string[], folder: string, act: (running: RunningCli) => Promise<void>) {
    const file = await fixture("long-programme");
    const server = await startHttpServer({ [`/${basename(file)}`]: { ...slowly, file } });
    try {
      return await scan([`${server.url}/${basename(file)}`, ...args, "--json"], folder, {
        meanwhile: async (running) => {
          await running.said(progressLine);
          await act(running);
        },
      });
    } finally {
      await server.close();
    }
  }
});

test("HLS from a folder on this machine", async () => {
  await using folder = await temporaryFolder();
  const run = await scan([dirname(await fixture("hls-ts")), "--json"], folder.path);
  expect(run.exitCode).toBe(0);
  expect(documentOf(run).results.map(({ input, complete }) => [basename(input), complete])).toEqual([
    ["media.m3u8", true],
  ]);
});
