import type { DetailType, Event, EventData } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { expect, test } from "vitest";
import { sampleIncident } from "../../../../test/support/sample-incident.ts";
import { sampleRepair } from "../../../../test/support/sample-repair.ts";
import { openEventLines } from "./event-line.ts";

const input = "https://example.com/live.m3u8";
const degraded = { input, tier: "light", lagSeconds: 2.5, skippedSeconds: 0 } as const;
const black = {
  id: "f",
  kind: "black-picture",
  subject: { media: "video", track: 0 },
  startSeconds: 63.5,
  endSeconds: null,
  severity: "major",
  confidence: 1,
  measurements: [],
  revision: 1,
} as const;

function event<Type extends DetailType>(detailType: Type, data: EventData<Type>) {
  const occurredAt = new Date(2026, 2, 1, 12, 30, 5);
  return makeEvent({
    detailType,
    streamId: "s",
    entityId: "s",
    revision: 1,
    occurredAt,
    traceparent: openTrace(),
    data,
  });
}

const anna = { via: "slack", name: "anna" } as const;
const at = "2030-01-01T00:12:00.000Z";

const cases: readonly (readonly [Event, string])[] = [
  [
    event("stream.started", {
      ...{ input, tier: "full" },
      media: {
        container: "mpegts",
        video: { codec: "h264", width: 1920, height: 1080, fps: 25 },
        audio: [{ track: 0, codec: "aac", channels: 2, sampleRate: 48_000 }],
      },
    }),
    "started  h264 1920×1080 · aac 2 ch",
  ],
  [event("stream.stalled", { input, waitedSeconds: 5, positionSeconds: 60 }), "stalled  nothing has come for 5 s"],
  [
    event("stream.resumed", { input, after: "stalled", afterSeconds: 12.5, tier: "full" }),
    "resumed  after 12.5 s stalled",
  ],
  [
    event("stream.degraded", { ...degraded, cause: "overload" }),
    "degraded  the machine cannot keep up (here 2.5 s behind): only key pictures are watched for now",
  ],
  [
    event("stream.degraded", { ...degraded, cause: "skip", skippedSeconds: 2.5 }),
    "degraded  the analysis was 2.5 s behind: 2.5 s were left out",
  ],
  [
    event("stream.degraded", { ...degraded, cause: "detector-errored", detector: { id: "loudness", message: "no" } }),
    "degraded  loudness failed and was left out: no",
  ],
  [
    event("stream.failed", {
      input,
      error: { code: "timed-out", message: `${input}: no\u001b[2J answer` },
      retryInSeconds: 2,
    }),
    `failed  ${input}: no answer; trying again in 2 s`,
  ],
  [
    event("stream.failed", { input, error: { code: "encrypted", message: "encrypted" }, retryInSeconds: null }),
    "failed  encrypted",
  ],
  [event("stream.ended", { input, positionSeconds: 90 }), "ended  after 1 min 30 s"],
  [event("finding.opened", { ...black, measurements: [] }), "● major  black-picture  picture  since 00:01:03.500"],
  [
    event("finding.closed", { ...black, measurements: [], endSeconds: 70 }),
    "● major  black-picture  picture  over: 00:01:03.500 – 00:01:10.000, 6.5 s",
  ],
  [event("incident.opened", sampleIncident()), "incident 12 opened  ● major  frozen-picture"],
  [
    event(
      "incident.updated",
      sampleIncident({
        ...{ streamId: "s", streamIds: ["s"] },
        history: [{ at, what: "joined", by: { via: "system", name: "glasswatch" }, note: "audio-silence of s" }],
      }),
    ),
    `incident 12 joined  ● major  frozen-picture  audio-silence of ${input}`,
  ],
  [
    event(
      "incident.acknowledged",
      sampleIncident({
        ...{ status: "acknowledged", streamIds: ["a", "b", "c"] },
        history: [{ at, what: "acknowledged", by: anna, note: "until\u001b[2J 13:00" }],
      }),
    ),
    "incident 12 acknowledged  ● major  frozen-picture  with 2 more streams  anna, by slack  until 13:00",
  ],
  [
    event(
      "incident.resolved",
      sampleIncident({
        ...{ status: "resolved", resolvedAt: at },
        history: [{ at, what: "resolved", by: { via: "system", name: "glasswatch" } }],
      }),
    ),
    "incident 12 resolved  after 12 min  frozen-picture",
  ],
  [
    event("repair.requested", sampleRepair({ status: "verifying", log: [{ at, text: "switched to b.m3u8" }] })),
    "repair switch-source verifying  frozen-picture  switched to b.m3u8",
  ],
  [
    event("command.received", {
      ...{ id: "c", by: anna, replyTo: null },
      command: { name: "acknowledge", incidentId: "i1" },
    }),
    "command acknowledge  anna, by slack",
  ],
  [
    event("command.answered", { id: "c", done: false, text: "incident 12 is resolved", replyTo: null }),
    "command refused  incident 12 is resolved",
  ],
];

test.each(cases.map(([told, text]) => ({ told, text })))("$text", ({ told, text }) => {
  const { lineOf } = openEventLines((_, plain) => plain);
  lineOf(event("stream.stalled", { input, waitedSeconds: 5, positionSeconds: 0 }));
  expect(lineOf(told)).toBe(`12:30:05  ${input}  ${text}`);
});

test("what is about no stream names none", () => {
  const status = event("command.received", { id: "c", by: anna, replyTo: null, command: { name: "status" } });
  const told: Event = { ...status, detail: { ...status.detail, streamId: "-" } };
  expect(openEventLines((_, plain) => plain).lineOf(told)).toBe("12:30:05  command status  anna, by slack");
});

test("measurements and time-outs are not for people", () => {
  const due = event("timer.due", { owner: "incidents", id: "i1", what: "repeat" });
  expect(openEventLines((_, plain) => plain).lineOf(due)).toBe(undefined);
  const zero = { positionSeconds: 0, wallSeconds: 10, lagSeconds: 0, skippedSeconds: 0, busyShare: 0, levels: [] };
  expect(openEventLines((_, plain) => plain).lineOf(event("stream.measured", { input, tier: "full", ...zero }))).toBe(
    undefined,
  );
});
