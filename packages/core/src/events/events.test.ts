import { expect, test } from "vitest";
import { sampleIncident } from "../../../../test/support/sample-incident.ts";
import { sampleRepair } from "../../../../test/support/sample-repair.ts";
import { type DetailType, type EventData, eventSchema } from "./event.ts";
import { makeEvent } from "./make-event.ts";
import { nextInTrace, openTrace, traceparentSchema } from "./traceparent.ts";

const input = "https://example.com/live.m3u8";
const finding = {
  id: "3f",
  kind: "black-picture",
  subject: { media: "video" as const, track: 0 },
  startSeconds: 12.04,
  endSeconds: null,
  severity: "major" as const,
  confidence: 0.9,
  measurements: [],
  revision: 2,
};

const incident = sampleIncident();
const repair = sampleRepair();
const scanned = { scanId: "c1", input };

const samples: { readonly [Type in DetailType]: EventData<Type> } = {
  "stream.started": { input, tier: "full", media: { container: "hls", video: null, audio: [] } },
  "stream.stalled": { input, waitedSeconds: 5, positionSeconds: 40 },
  "stream.resumed": { input, after: "stalled", afterSeconds: 7, tier: "full" },
  "stream.degraded": { input, tier: "light", cause: "overload", lagSeconds: 1.5, skippedSeconds: 0 },
  "stream.ended": { input, positionSeconds: 90 },
  "stream.failed": { input, error: { code: "connection-lost", message: "…" }, retryInSeconds: null },
  "stream.measured": {
    ...{ input, positionSeconds: 10, wallSeconds: 10, tier: "full", lagSeconds: 0, skippedSeconds: 0, busyShare: 0.2 },
    levels: [{ name: "luma", unit: "code value", media: "video", track: 0, minimum: 16, mean: 90, maximum: 180 }],
  },
  "finding.opened": finding,
  "finding.updated": finding,
  "finding.closed": { ...finding, endSeconds: 15 },
  "scan.completed": { ...scanned, durationSeconds: 60, findings: { info: 0, minor: 2, major: 1, critical: 0 } },
  "scan.failed": { ...scanned, error: { code: "truncated", message: "…" } },
  "incident.opened": incident,
  "incident.updated": incident,
  "incident.acknowledged": { ...incident, status: "acknowledged" },
  "incident.resolved": { ...incident, status: "resolved", resolvedAt: "2026-03-01T12:10:00Z" },
  "repair.requested": repair,
  "repair.succeeded": { ...repair, status: "succeeded" },
  "repair.failed": { ...repair, status: "failed" },
  "repair.abandoned": { ...repair, status: "abandoned" },
  "command.received": {
    ...{ id: "c1", command: { name: "acknowledge", incidentId: "i1" }, by: { via: "sms", name: "anna" } },
    replyTo: { channel: "sms", to: "+4915112345678" },
  },
  "command.answered": { id: "c1", done: true, text: "12 is yours", replyTo: null },
  "timer.due": { owner: "incidents", id: "i1", what: "escalate" },
};

test.each(Object.keys(samples) as DetailType[])("%s survives the way through JSON", (detailType) => {
  const occurredAt = new Date("2026-03-01T12:00:00.250Z");
  const data = samples[detailType];
  const facts = { detailType, streamId: "s1", entityId: "e1", revision: 2, occurredAt, traceparent: openTrace(), data };
  const event = makeEvent(facts);
  expect(eventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
  expect(event).toMatchObject({
    version: "0",
    "detail-type": detailType,
    source: "glasswatch",
    time: "2026-03-01T12:00:00Z",
    detail: { schemaVersion: 1, streamId: "s1", idempotencyKey: "e1:2", occurredAt: "2026-03-01T12:00:00.250Z", data },
  });
});

test("events of one trace share its id and nothing else", () => {
  const trace = openTrace();
  const next = nextInTrace(trace);
  expect(traceparentSchema.parse(next).split("-")[1]).toBe(trace.split("-")[1]);
  expect(next).not.toBe(trace);
});

test.each(["", "00-0-0-00", `00-${"0".repeat(32)}-${"a".repeat(16)}-01`, `ff-${"a".repeat(32)}-${"a".repeat(16)}-01`])(
  "%j is no traceparent",
  (text) => {
    expect(traceparentSchema.safeParse(text).success).toBe(false);
  },
);
