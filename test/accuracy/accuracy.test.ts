import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../bench/commands.ts";
import { figuresOf } from "./figures.ts";
import { measuredKinds, samplesOf } from "./kinds.ts";
import { match } from "./matching.ts";
import { measureKind } from "./measure-kind.ts";
import { regressions } from "./output/regression.ts";
import { failureText, sections } from "./output/sections.ts";
import type { Sample, Source, Split } from "./sample.ts";

const at = (startSeconds: number, endSeconds: number, channel?: number) => ({
  startSeconds,
  endSeconds,
  ...(channel !== undefined && { channel }),
});

test("a defect told in two pieces is found once, and one piece is too many", () => {
  expect(match([at(2, 6)], [at(2, 3), at(4, 6)])).toEqual({
    matches: [{ truth: at(2, 6), found: at(2, 3) }],
    missed: [],
    extra: [at(4, 6)],
  });
});

test("two defects told as one are found once", () => {
  expect(match([at(2, 3), at(4, 5)], [at(2, 5)])).toMatchObject({ missed: [at(4, 5)], extra: [] });
});

test("a defect of one channel is not found by one of another", () => {
  expect(match([at(2, 3, 0)], [at(2, 3, 1)])).toMatchObject({ missed: [at(2, 3, 0)], extra: [at(2, 3, 1)] });
  expect(match([at(2, 3)], [at(2, 3, 1)])).toMatchObject({ missed: [], extra: [] });
});

test("figures count defects over all files, and times of those that were found", () => {
  const figures = figuresOf([
    match([at(2, 6)], [at(2.1, 6.3)]),
    match([at(1, 2), at(3, 4)], [at(0.8, 2)]),
    match([], [at(1, 2)]),
  ]);
  expect(figures).toMatchObject({
    files: 3,
    events: 3,
    found: 2,
    extra: 1,
    recall: 2 / 3,
    precision: 2 / 3,
    f1: 2 / 3,
  });
  expect(figures.onset?.medianSeconds).toBeCloseTo(0.1);
  expect(figures.onset?.p95Seconds).toBeCloseTo(0.2);
});

test("nothing to find gives no recall, and nothing told no precision", () => {
  expect(figuresOf([match([], [])])).toMatchObject({ recall: null, precision: null, f1: null, onset: null });
});

test("a sample that cannot be made is a failure of its own, and the rest is measured", async () => {
  const silent = (name: string, graph: string): Sample => ({
    name,
    source: null,
    split: "tune",
    recipe: { file: "sound.wav", inputs: [{ graph }], options: [] },
    truth: [at(0, 3)],
  });
  const { figures, failures } = await measureKind(
    {
      kind: "audio-silence",
      defects: () => [silent("made", "anullsrc=d=3"), silent("not made", "anullsrc=no=option")],
      hardNegatives: () => [],
      sweeps: [],
    },
    {
      sources: [],
      splits: ["tune"],
      sweeps: false,
      measured: { measuredAt: "", commit: "", material: "painted" },
    },
  );
  expect(figures.tune).toMatchObject({ files: 1, found: 1 });
  expect(failures).toMatchObject([{ sample: "not made", problem: expect.stringContaining("ffmpeg") }]);
  expect(failures.map(failureText)).toEqual([expect.stringContaining("not made: could not be measured: ")]);
});

test("a worse figure is a line, a better or a new one is none", () => {
  const committed = {
    kinds: { a: { tune: 1, score: 0.9 }, b: { tune: 1, score: null } },
    faults: { alarms: 0, cases: 2 },
  };
  const now = {
    kinds: { a: { tune: 1, score: 0.8 }, b: { tune: 1, score: 0.5 } },
    faults: { alarms: 1, cases: 1, new: 3 },
  };
  expect(regressions(now, committed)).toEqual([
    "a: F1 on score clips was 0.900 and is 0.800",
    "alarms were 0 and are 1",
  ]);
});

test("the page has a place for everything that is measured", () => {
  const page = readFileSync(join(root, "docs/accuracy.md"), "utf8");
  const measured = { measuredAt: "", commit: "", material: "clips" } as const;
  const clean = { ...measured, clips: { tune: 1, score: 1 }, hours: { tune: 1, score: 1 }, alarms: [] };
  const report = { kinds: {}, clean, compliance: { ...measured, rows: [] }, sync: { ...measured, rows: [] } };
  for (const name of Object.keys(sections(report, []))) expect(page).toContain(`<!-- accuracy:${name} -->`);
});

const source = (id: string, split: Split): Source => ({
  id,
  path: `/clips/${id}.mp4`,
  split,
  durationSeconds: 14,
  picture: { width: 640, height: 360, fps: 25 },
  sound: { channels: 2, sampleRate: 48_000 },
  has: [],
});

test.each(measuredKinds)("%s has defects on both sides and at least four hard negatives", async (kind) => {
  const { defects, hardNegatives, sweeps } = await samplesOf(kind);
  const sources = [..."abcdefgh"].map((id, index) => source(id, index % 2 === 0 ? "tune" : "score"));
  const samples = defects(sources);
  for (const split of ["tune", "score"]) expect(samples.some((sample) => sample.split === split)).toBe(true);
  expect(samples.every(({ truth }) => truth.length > 0)).toBe(true);
  expect(hardNegatives(sources).length).toBeGreaterThanOrEqual(4);
  expect(hardNegatives(sources).every(({ truth }) => truth.length === 0)).toBe(true);
  for (const { values } of sweeps) expect(values.length).toBeGreaterThan(2);
});
