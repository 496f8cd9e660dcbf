import { expect, test } from "vitest";
import { blindnessOf, type Watch } from "./blindness.ts";
import { allWell, heartbeatStep } from "./heartbeat-state.ts";

const start = Date.parse("2030-01-01T00:00:00.000Z");
const minute = (count: number) => new Date(start + count * 60_000);
const now = minute(60);

function watch(changes: Partial<Watch> = {}): Watch {
  return {
    stream: { id: "s1", name: "Channel 5", paused: false, run: 2 },
    group: "all",
    lease: { owner: "w1", expiresAt: minute(60.3).toISOString(), ended: false, run: 2 },
    state: { status: "running" },
    measuredAt: minute(59),
    ...changes,
  };
}

const lease = { owner: "w1", expiresAt: minute(60.3).toISOString(), ended: false, run: 2 };
const nobody = ["Nobody watches Channel 5 (group all)"];
const nothing = ["Channel 5 is watched (group all), and nothing of it is measured"];

test.each<[string, Partial<Watch>, readonly string[]]>([
  ["one that is watched and measured", {}, []],
  ["one whose lease has run out", { lease: { ...lease, expiresAt: minute(59.9).toISOString() } }, nobody],
  ["one whose lease is free", { lease: { ...lease, owner: null } }, nobody],
  ["one that nobody was invited to", { lease: null, measuredAt: null }, nobody],
  ["one that ended", { lease: { ...lease, owner: null, ended: true } }, []],
  ["one that ended in an older run", { lease: { ...lease, owner: null, ended: true, run: 1 } }, nobody],
  ["one that nobody wants watched", { stream: { ...watch().stream, paused: true }, lease: null }, []],
  ["one that hangs", { measuredAt: minute(54) }, nothing],
  ["one that was never measured", { measuredAt: null }, nothing],
  ["one that stalls", { measuredAt: null, state: { status: "stalled" } }, []],
  ["one that was not opened yet", { measuredAt: null, state: null }, []],
])("%s", (_, changes, expected) => {
  const seen = blindnessOf({ watches: [watch(changes)], queues: [], now, minutes: 5 });
  expect(seen.map(({ text }) => text)).toEqual(expected);
});

test("dead letters, and queues of consumers that nobody works on; scans may wait, and files behind others", () => {
  const queue = { waiting: 9, inFlight: 0, dead: 0, oldestSeconds: 301 };
  const queues = [
    { ...queue, queue: "notify", dead: 3, oldestSeconds: 299 },
    { ...queue, queue: "incidents" },
    { ...queue, queue: "repair", inFlight: 4 },
    { ...queue, queue: "file-repairs", inFlight: 1 },
    { ...queue, queue: "detect-all" },
    { ...queue, queue: "archive", oldestSeconds: null },
  ];
  const seen = blindnessOf({ watches: [], queues, now, minutes: 5 });
  expect(seen.map(({ text }) => text)).toEqual([
    "Queue notify has dead letters: 3",
    "Queue incidents is not worked on",
    "Queue repair is not worked on",
  ]);
});

test("what lasts is told once, again after hours, and when it is over; what passes is not told", () => {
  const a = { id: "a", text: "A" };
  const b = { id: "b", text: "B" };
  const told: string[] = [];
  let state = allWell;
  const seenAt = (at: number) => [...(at >= 1 && at < 300 ? [a] : []), ...(at === 3 || at >= 10 ? [b] : [])];
  for (let at = 0; at <= 330; at++) {
    const step = heartbeatStep(state, at < 310 ? seenAt(at) : [], { now: minute(at), minutes: 5 });
    state = step.state;
    if (step.news) told.push(`${at} ${state.notices}: ${step.news.map(({ text }) => text).join(" ")}`);
  }
  expect(told).toEqual(["6 1: A", "15 2: A B", "255 3: A B", "310 4: "]);
});
