import type { Finding } from "@glasswatch/core/finding";
import { expect, test } from "vitest";
import { type GroupRecord, verdictOf } from "./verdict.ts";

const minute = "2030-01-01T12:00";
const at = (second: number) => `${minute}:${String(second).padStart(2, "0")}.000Z`;

/** Told at this second of the minute, of so many seconds before; the stream's own time began with the minute. */
function sample(second: number, mediaSeconds: number, more: Partial<GroupRecord["samples"][number]> = {}) {
  const zero = { lagSeconds: 0, skippedSeconds: 0, busyShare: 0, levels: [], tier: "full" as const };
  return { at: at(second), positionSeconds: second, wallSeconds: mediaSeconds, mediaSeconds, ...zero, ...more };
}

function finding(startSeconds: number, endSeconds: number | null, kind = "frozen-picture"): Finding {
  const facts = { id: `${kind} ${startSeconds}`, kind, subject: { media: "video", track: 0 } } as const;
  const severity = kind === "black-picture" ? "critical" : "major";
  return { ...facts, startSeconds, endSeconds, severity, confidence: 1, measurements: [], revision: 1 };
}

function stored(found: Finding, foundAt = at(40)) {
  return { source: { type: "stream", id: "s1" } as const, group: "all", foundAt, finding: found };
}

const lease = {
  ...{ streamId: "s1", group: "all", owner: "w1", epoch: 1, run: 2, expiresAt: "2030-01-01T12:01:20.000Z" },
  ...{ handingOver: false, ended: false, startedAt: at(0), findings: [] as Finding[] },
};
const state = { status: "running", since: at(0), media: null, error: null, revision: 1, epoch: 1 } as const;
const watched: GroupRecord = { lease, state, samples: [sample(20, 5), sample(30, 10), sample(40, 10)], findings: [] };

interface Case {
  readonly name: string;
  readonly group?: Partial<GroupRecord>;
  readonly groups?: readonly GroupRecord[];
  readonly run?: number | null;
  readonly now?: string;
  readonly expected: { readonly outcome: string; readonly cleanSeconds: number };
}

/** Since second 10, 20 s are needed until second 59. */
const cases: readonly Case[] = [
  { name: "enough without the defect", expected: { outcome: "clean", cleanSeconds: 25 } },
  {
    name: "told late, but measured in time",
    now: "2030-01-01T12:01:10.000Z",
    expected: { outcome: "clean", cleanSeconds: 25 },
  },
  { name: "nothing measured", group: { samples: [] }, expected: { outcome: "waiting", cleanSeconds: 0 } },
  {
    name: "nothing measured in time",
    group: { samples: [] },
    now: "2030-01-01T12:00:59.000Z",
    expected: { outcome: "out-of-time", cleanSeconds: 0 },
  },
  { name: "nobody watches", group: { lease: null }, expected: { outcome: "waiting", cleanSeconds: 0 } },
  {
    name: "the lease has run out",
    group: { lease: { ...lease, expiresAt: at(44) } },
    expected: { outcome: "waiting", cleanSeconds: 0 },
  },
  { name: "an older run is still watched", run: 3, expected: { outcome: "waiting", cleanSeconds: 0 } },
  { name: "the stream is gone", run: null, groups: [], expected: { outcome: "waiting", cleanSeconds: 0 } },
  { name: "it was never opened", group: { state: null }, expected: { outcome: "waiting", cleanSeconds: 0 } },
  {
    name: "it stalls",
    group: { state: { ...state, status: "stalled" } },
    expected: { outcome: "waiting", cleanSeconds: 0 },
  },
  {
    name: "measured by workers that do not tell how much they analysed",
    group: { samples: watched.samples.map(({ mediaSeconds: _, ...rest }) => rest) },
    expected: { outcome: "waiting", cleanSeconds: 0 },
  },
  {
    name: "measured in part before the repair",
    group: { samples: [sample(15, 10), sample(30, 15)] },
    expected: { outcome: "waiting", cleanSeconds: 15 },
  },
  {
    name: "the defect is open",
    group: { lease: { ...lease, findings: [finding(5, null)] } },
    expected: { outcome: "waiting", cleanSeconds: 0 },
  },
  {
    name: "the defect was there for a while longer",
    group: { findings: [stored(finding(5, 18))] },
    expected: { outcome: "clean", cleanSeconds: 20 },
  },
  {
    name: "the defect came back",
    group: { findings: [stored(finding(24, 26))] },
    expected: { outcome: "waiting", cleanSeconds: 10 },
  },
  {
    name: "a defect of the run before, in its own time",
    group: { findings: [stored(finding(24, 26), "2030-01-01T11:59:00.000Z")] },
    expected: { outcome: "clean", cleanSeconds: 25 },
  },
  {
    name: "another, lesser defect",
    group: { findings: [stored(finding(24, 26, "audio-hum"))] },
    expected: { outcome: "clean", cleanSeconds: 25 },
  },
  {
    name: "a critical defect in its place",
    group: { findings: [stored(finding(24, 26, "black-picture"))] },
    expected: { outcome: "waiting", cleanSeconds: 10 },
  },
  {
    name: "one of two groups has seen less",
    groups: [watched, { ...watched, samples: [sample(40, 4)] }],
    expected: { outcome: "waiting", cleanSeconds: 4 },
  },
];

test.each(cases)("$name", ({ group, groups = [{ ...watched, ...group }], run = 2, now = at(45), expected }) => {
  const verification = { streamId: "s1", neededSeconds: 20, cleanSeconds: 0, since: at(10), until: at(59) };
  expect(verdictOf({ kind: "frozen-picture", verification, run, groups, now: new Date(now) })).toEqual(expected);
});
