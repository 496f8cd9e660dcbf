import type { Incident } from "@glasswatch/core/incident";
import type { Silence } from "@glasswatch/core/silence";
import { describe, expect, test } from "vitest";
import { sampleRepair } from "../../../test/support/sample-repair.ts";
import type { Happening } from "./happening.ts";
import { begin, moment, play, type Scene, type StorySetup, scene } from "./testing/story.ts";

const mia = { via: "sms", name: "Mia" } as const;
const hour = 3600;

function order(seconds: number, type: "acknowledge" | "resolve" | "not-a-defect", minutes?: number): Scene {
  const happening = { type, by: mia, orderedAt: moment(seconds), ...(minutes && { minutes }) } as Happening;
  return [seconds, happening];
}

const reopen = (seconds: number): Scene => [
  seconds,
  { type: "reopen", by: mia, orderedAt: moment(seconds), reopens: null },
];

function repair(seconds: number, status: ReturnType<typeof sampleRepair>["status"]): Scene {
  return [seconds, { type: "repair", repair: sampleRepair({ status, log: [{ at: moment(0), text: "switched" }] }) }];
}

function silence(part: Partial<Silence> = {}): Silence {
  return {
    ...{ id: "quiet", match: { streams: ["s"] }, from: moment(-60), to: moment(hour), weekly: null },
    ...{ comment: "", createdBy: mia, createdAt: moment(-60) },
    ...part,
  };
}

const over = { open: false } as const;
const minor = { severity: "minor" } as const;
const critical = { severity: "critical" } as const;
const failed = { id: "s/state/all", kind: "stream-failed", severity: "critical" } as const;
const stalled = { id: "s/state/all", kind: "stream-stalled" } as const;

/** A finding of its own each time, `times` times: there for 5 s of every `everySeconds`. */
function comingAndGoing(times: number, everySeconds: number): readonly Scene[] {
  return Array.from({ length: times }, (_, index) => [
    scene(index * everySeconds, { id: `f${index}` }),
    scene(index * everySeconds + 5, { id: `f${index}`, ...over }),
  ]).flat();
}

interface Story extends StorySetup {
  readonly name: string;
  readonly scenes: readonly Scene[];
  readonly told: readonly string[];
  readonly incident?: object;
}

const opened = "0 incident.opened opened";

const stories: Readonly<Record<string, readonly Story[]>> = {
  "what opens and what joins": [
    { name: "a major defect is told at once", scenes: [scene(0)], told: [opened], incident: { number: 7, version: 1 } },
    { name: "a minor one opens none", scenes: [scene(0, minor)], told: [] },
    { name: "nor does one for information", scenes: [scene(0, { severity: "info" })], told: [] },
    {
      name: "a minor one joins, and is told with what else comes in 30 s",
      scenes: [scene(0), scene(10, { kind: "audio-hum", ...minor }), scene(35, { kind: "audio-hiss", ...minor })],
      ...{ untilSeconds: 60, told: [opened, "40 incident.updated joined"], incident: { severity: "major" } },
    },
    {
      name: "one for information does not",
      scenes: [scene(0), scene(1, { id: "x", severity: "info" })],
      told: [opened],
    },
    { name: "nor does one that is over", scenes: [scene(0), scene(1, { id: "x", ...over })], told: [opened] },
    { name: "the same again says nothing", scenes: [scene(0), scene(0), scene(3)], told: [opened] },
    {
      name: "a defect that is over already is told as well, and resolved when it stays so",
      scenes: [scene(0, { ...critical, ...over })],
      ...{ untilSeconds: 60, told: [opened, "30 incident.resolved resolved"] },
    },
    {
      name: "other streams join what has the same key",
      scenes: [scene(0), scene(1, { id: "x", streamId: "t" })],
      ...{ untilSeconds: 31, told: [opened, "31 incident.updated joined"], incident: { streamIds: ["s", "t"] } },
    },
  ],
  "severity over time": [
    {
      name: "worse is told at once, and with it what waited",
      scenes: [scene(0), scene(5, { kind: "audio-hum", ...minor }), scene(10, critical)],
      ...{ untilSeconds: 60, told: [opened, "10 incident.updated worsened"], incident: { severity: "critical" } },
    },
    {
      name: "better is not: an incident is as severe as the worst it has been",
      scenes: [scene(0, critical), scene(10, { severity: "major" })],
      ...{ untilSeconds: 60, told: [opened, "40 incident.updated changed"], incident: { severity: "critical" } },
    },
    {
      name: "a stall that lasts half a minute is critical",
      ...{ scenes: [scene(0, stalled)], untilSeconds: 40, told: [opened, "30 incident.updated worsened"] },
    },
    {
      name: "a picture that is black for five minutes is critical",
      ...{ scenes: [scene(0)], untilSeconds: 301, told: [opened, "300 incident.updated worsened"] },
    },
    {
      name: "repeated frames that last ten minutes are major",
      scenes: [scene(600, { kind: "repeated-frames", ...minor, since: moment(0) })],
      ...{ told: ["600 incident.opened opened"], incident: { severity: "major" } },
    },
  ],
  "the end": [
    {
      name: "it is resolved when nothing was open for 30 s",
      scenes: [scene(0), scene(100, over)],
      ...{ untilSeconds: 200, told: [opened, "130 incident.resolved resolved"] },
    },
  ],
};

describe.each(Object.entries(stories))("%s", (_, cases) => {
  test.each(cases)("$name", ({ scenes, told, incident, ...setup }) => {
    const played = play(scenes, setup);
    expect(played.told).toEqual(told);
    if (incident) expect(played.incident).toMatchObject(incident);
  });
});

export { begin, comingAndGoing, failed, type Incident, order, reopen, repair, silence };
