import { readFileSync } from "node:fs";
import { parseProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { scan } from "@glasswatch/pipeline/scan";
import type { ScanRequest } from "@glasswatch/pipeline/scan-types";
import { expect, test } from "vitest";
import { fixture, fixtureOf } from "../fixtures/fixture.ts";
import type { Recipe } from "../fixtures/recipe.ts";
import { recipes } from "../fixtures/recipes.ts";

/* What becomes of a scan whose process dies, hangs in native code, or is told to stop. */

const plans = planDetectors(detectors, parseProfile({}, detectors), {});

function requestFor(input: string): ScanRequest {
  return { input, detectors: plans, ignore: [], tier: "full", allowPrivate: true };
}

/** Long enough for a scan to be interrupted, and silent, so that it has found something by then. */
function longClip(): Promise<string> {
  const silence = { graph: "anullsrc=r=48000:cl=stereo:d=120" };
  const recipe: Recipe = {
    file: "long.mp4",
    inputs: [{ fixture: "clip", options: ["-stream_loop", "39"] }, silence],
    options: ["-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-t", "120"],
  };
  return fixtureOf({ ...recipes, "long-and-silent": recipe }, "long-and-silent");
}

/** Our children that run a scan, as the kernel lists them. */
function scanProcesses(): readonly number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");
  return children.map(Number).filter((pid) => pid > 0 && commandOf(pid).includes("scan-process"));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

test("a process that dies costs its own scan and nothing that was found before", async () => {
  const [long, other] = await Promise.all([longClip(), fixture("clip")]);
  let found = false;
  const dying = scan(requestFor(long), {
    onFinding() {
      found = true;
      for (const pid of scanProcesses()) process.kill(pid, "SIGSEGV");
    },
  });
  const { result } = await dying;
  expect(found).toBe(true);
  expect(result.error).toMatchObject({ code: "decoder-crashed", message: expect.stringContaining("SIGSEGV") });
  expect(result.complete).toBe(false);
  expect(result.findings.map(({ kind }) => kind)).toContain("audio-silence");
  expect(result.video).toMatchObject({ width: 320, height: 180 });
  expect(scanProcesses()).toEqual([]);

  const { result: unharmed } = await scan(requestFor(other));
  expect(unharmed.error).toBeNull();
});

test("a scan that is told to stop says what it found, closes it and leaves no process", async () => {
  const stop = new AbortController();
  const { result, series } = await scan(requestFor(await longClip()), {
    signal: stop.signal,
    onFinding: () => stop.abort(),
  });
  expect(result).toMatchObject({ complete: false, error: { code: "interrupted" } });
  expect(result.durationSeconds).toBeGreaterThan(1);
  expect(result.durationSeconds).toBeLessThan(120);
  const silence = result.findings.find(({ kind }) => kind === "audio-silence");
  expect(silence?.endSeconds).toBeCloseTo(result.durationSeconds ?? 0, 0);
  expect(series.map(({ name }) => name)).toContain("luma");
  expect(scanProcesses()).toEqual([]);
});

test("a process that does not answer any more can still be stopped", async () => {
  const stop = new AbortController();
  const { result } = await scan(requestFor(await longClip()), {
    signal: stop.signal,
    onFinding() {
      // A stopped process is as deaf as one that hangs in native code.
      for (const pid of scanProcesses()) process.kill(pid, "SIGSTOP");
      stop.abort();
    },
  });
  expect(result).toMatchObject({ complete: false, error: { code: "interrupted" } });
  expect(result.findings.map(({ kind }) => kind)).toContain("audio-silence");
  expect(scanProcesses()).toEqual([]);
});

test("memory does not grow with the length of the input", async () => {
  const samples: number[] = [];
  await scan(requestFor(await longClip()), {
    onProgress() {
      for (const pid of scanProcesses()) samples.push(residentMegabytes(pid));
    },
  });
  const half = Math.floor(samples.length / 2);
  const peak = (values: readonly number[]) => Math.max(...values);
  expect(samples.length).toBeGreaterThan(10);
  expect(peak(samples.slice(half))).toBeLessThan(peak(samples.slice(0, half)) + 25);
});

function residentMegabytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(text)?.[1] ?? 0) / 1024;
}
