import { critical, minor, opened, over, type Story, stalled } from "../scenes.ts";
import { moment, scene } from "../story.ts";

export const opening: readonly Story[] = [
  { name: "a major defect is told at once", scenes: [scene(0)], told: [opened], incident: { number: 7, version: 1 } },
  { name: "a minor one opens none", scenes: [scene(0, minor)], told: [] },
  { name: "nor does one for information", scenes: [scene(0, { severity: "info" })], told: [] },
  {
    name: "a minor one joins, and is told with what else comes in 30 s",
    scenes: [scene(0), scene(10, { kind: "audio-hum", ...minor }), scene(35, { kind: "audio-hiss", ...minor })],
    ...{ untilSeconds: 60, told: [opened, "40 incident.updated joined"], incident: { severity: "major" } },
  },
  { name: "one for information does not", scenes: [scene(0), scene(1, { id: "x", severity: "info" })], told: [opened] },
  {
    name: "one that came and went before it was heard of does, and how severe it was counts",
    scenes: [scene(0), scene(1, { id: "x", ...critical, ...over }), scene(2, { id: "x", ...critical, ...over })],
    ...{
      told: [opened, "1 incident.updated worsened"],
      incident: { severity: "critical", parts: [{}, { open: false }] },
    },
  },
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
];

export const severity: readonly Story[] = [
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
];

export const ending: readonly Story[] = [
  {
    name: "it is resolved when nothing was open for 30 s",
    scenes: [scene(0), scene(100, over)],
    ...{ untilSeconds: 200, told: [opened, "130 incident.resolved resolved"] },
  },
  {
    name: "what comes back until then keeps it open",
    scenes: [scene(0), scene(100, over), scene(120, { id: "again" })],
    ...{ untilSeconds: 200, told: [opened, "130 incident.updated joined"], incident: { status: "open" } },
  },
  {
    name: "the last of its defects decides",
    scenes: [
      scene(0),
      scene(1, { kind: "audio-silence" }),
      scene(50, over),
      scene(60, { kind: "audio-silence", ...over }),
    ],
    untilSeconds: 200,
    told: [opened, "31 incident.updated joined", "80 incident.updated changed", "90 incident.resolved resolved"],
  },
  {
    name: "what comes back within five minutes is the same incident",
    scenes: [scene(0), scene(10, over), scene(339, { id: "again" })],
    told: [opened, "40 incident.resolved resolved", "339 incident.updated reopened"],
    incident: { status: "open", resolvedAt: null, number: 7 },
  },
  {
    name: "later it is not, nor is another kind, nor what is minor",
    scenes: [
      ...[scene(0), scene(10, over), scene(100, { kind: "audio-silence" })],
      ...[scene(100, { id: "again", ...minor }), scene(341, { id: "later" })],
    ],
    told: [opened, "40 incident.resolved resolved"],
  },
];
