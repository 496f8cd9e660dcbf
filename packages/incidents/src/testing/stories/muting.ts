import { critical, failed, hour, minor, opened, over, type Story, silence } from "../scenes.ts";
import { moment, scene } from "../story.ts";

export const muting: readonly Story[] = [
  {
    name: "black mutes the freeze beside it, which is back when black is over",
    scenes: [scene(0), scene(1, { kind: "frozen-picture" }), scene(60, over)],
    untilSeconds: 100,
    told: [opened, "31 incident.updated joined", "90 incident.updated changed"],
    incident: { muted: false, parts: [{ open: false }, { kind: "frozen-picture", mutedBy: null }] },
  },
  {
    name: "a stream that fails mutes all that is wrong with it, and not with others",
    scenes: [scene(0), scene(1, { id: "t", streamId: "t" }), scene(2, failed)],
    told: [opened, "2 incident.updated worsened"],
    incident: {
      severity: "critical",
      parts: [{ mutedBy: { why: "inhibited", by: "stream-failed" } }, { mutedBy: null }, { mutedBy: null }],
    },
  },
  {
    name: "a slate explains black and silence, and is told itself",
    scenes: [scene(0, { kind: "test-pattern" }), scene(1), scene(1, { kind: "audio-silence", ...critical })],
    told: [opened],
    incident: {
      severity: "major",
      parts: [{ mutedBy: null }, { mutedBy: { why: "planned" } }, { mutedBy: { why: "planned" } }],
    },
  },
  {
    name: "what a silence is about is taken down, and told as muted; what lasts when it ends is told then",
    scenes: [scene(0, critical)],
    ...{ silences: [silence()], untilSeconds: hour, incident: { muted: false, severity: "critical" } },
    told: ["0 incident.opened muted", "3600 incident.updated unmuted"],
  },
  {
    name: "nor is what came and went in a silence told when it is heard of",
    ...{ scenes: [scene(0, { ...critical, ...over })], silences: [silence()], untilSeconds: 60 },
    ...{ told: ["0 incident.opened muted", "30 incident.resolved resolved"], incident: { muted: true } },
  },
  {
    name: "nobody is pressed while it is muted",
    ...{ scenes: [scene(0, critical)], silences: [silence({ to: null })], untilSeconds: 10 * hour },
    ...{ told: ["0 incident.opened muted"], incident: { escalation: 0 } },
  },
  {
    name: "what is resolved while it is muted stays muted",
    scenes: [scene(0), scene(10, over)],
    ...{ silences: [silence()], untilSeconds: 2 * hour, incident: { muted: true } },
    told: ["0 incident.opened muted", "40 incident.resolved resolved"],
  },
  {
    name: "nor is anything told where only what is minor is left of it",
    scenes: [scene(0), scene(1, { kind: "audio-hum", ...minor }), scene(10, over)],
    silences: [silence({ match: { kinds: ["black-picture"] } })],
    ...{
      untilSeconds: 60,
      told: ["0 incident.opened muted", "31 incident.updated changed"],
      incident: { muted: true },
    },
  },
  {
    name: "a silence that begins mutes what is open",
    scenes: [scene(0)],
    ...{ silences: [silence({ from: moment(20) })], untilSeconds: 20, told: [opened, "20 incident.updated muted"] },
    incident: { muted: true, parts: [{ mutedBy: { why: "silenced", by: "quiet" } }] },
  },
  {
    name: "a silence of other streams or kinds does not",
    scenes: [scene(0)],
    silences: [silence({ match: { streams: ["t"] } }), silence({ match: { kinds: ["audio-silence"] } })],
    told: [opened],
  },
  {
    name: "a window of the week is a planned break, by labels, in its own time zone",
    scenes: [scene(0)],
    silences: [
      silence({
        ...{ match: { labels: { site: "b" } }, to: null },
        weekly: { days: ["monday"], from: "13:01", to: "13:02", timeZone: "Europe/Berlin" },
      }),
    ],
    ...{ labels: { s: { site: "b" } }, untilSeconds: 200 },
    told: [opened, "60 incident.updated muted", "120 incident.updated unmuted"],
    incident: { history: [{}, { note: "planned by quiet" }, {}] },
  },
  {
    name: "a defect that is over when it is heard of is told once, however often one looks, and presses nobody",
    scenes: [
      scene(0, critical),
      scene(10, { kind: "audio-silence", ...over }),
      scene(10, { kind: "audio-silence", ...over }),
      [15, { type: "look", reopens: null }],
    ],
    silences: [silence({ match: { kinds: ["black-picture"] }, to: null })],
    ...{ untilSeconds: 10 * hour, incident: { escalation: 0 } },
    told: ["0 incident.opened muted", "10 incident.updated unmuted"],
  },
  {
    name: "an incident is as severe as what people are told of it",
    scenes: [scene(0, critical), scene(10, { kind: "audio-clipping" })],
    silences: [silence({ match: { kinds: ["black-picture"] } })],
    told: ["0 incident.opened muted", "10 incident.updated unmuted"],
    incident: { severity: "major" },
  },
];
