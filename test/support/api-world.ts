import type { DetailType } from "@glasswatch/core/events/event";
import { type EventFacts, makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { openEventLog } from "@glasswatch/core/state/event-log";
import { copyBlob, manifestBlob, openFileRepairs } from "@glasswatch/core/state/file-repairs";
import { openFindings, type StoredFinding } from "@glasswatch/core/state/findings";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openMeasurements } from "@glasswatch/core/state/measurements";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { openScans } from "@glasswatch/core/state/scans";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import type { TestApi } from "./open-api.ts";
import { copied, sampleFileRepair } from "./sample-file-repair.ts";
import { sampleIncident } from "./sample-incident.ts";
import { sampleRepair } from "./sample-repair.ts";

/** Ids of what there is to ask for. */
export interface ApiWorld {
  readonly stream: string;
  /** Finished, with a result. */
  readonly scan: string;
  readonly queuedScan: string;
  /** Of the finished scan: a copy that helped. */
  readonly fileRepair: string;
  readonly key: string;
  readonly finding: string;
  readonly incident: string;
  readonly silence: string;
  /** Waits for somebody to say so. */
  readonly repair: string;
  /** That was given, and nobody has answered. */
  readonly command: string;
}

const input = "https://***@example.com/live.m3u8";
const media = { container: "hls", video: { codec: "h264", width: 1920, height: 1080, fps: 25 }, audio: [] };

/** Puts one of everything into the store, as the system would: streams and scans by request, the rest by workers. */
export async function fillWorld({ ask, ports }: TestApi): Promise<ApiWorld> {
  const { table, blobs } = ports;
  await ask({ method: "PUT", path: "/v1/profiles/news", body: { detectors: { "frozen-picture": { enabled: true } } } });
  const asked = { url: "https://me:secret@example.com/live.m3u8", profile: "news", labels: { channel: "5" } };
  const stream: string = (await ask({ method: "POST", path: "/v1/streams", body: asked })).body.id;
  const scans = [{ url: "https://example.com/a.mp4?token=secret" }, { url: "https://example.com/b.mp4" }];
  const [scan, queuedScan] = (await ask({ method: "POST", path: "/v1/scans", body: { scans } })).body.ids;
  const key: string = (await ask({ method: "POST", path: "/v1/keys", body: { name: "k", scope: "read" } })).body.id;

  const started = eventOf({
    detailType: "stream.started",
    streamId: stream,
    entityId: stream,
    data: { input, tier: "full", media },
  });
  await openStreamStates(table).tell("all", 1, started);
  await openEventLog(table, () => new Date(Date.now() - 60_000)).append(started);
  const measured = {
    ...{ input, positionSeconds: 10, wallSeconds: 10, tier: "full" as const, lagSeconds: 0, skippedSeconds: 0 },
    ...{ busyShare: 0.2, levels: [] },
  };
  const event = eventOf({ detailType: "stream.measured", streamId: stream, entityId: `${stream}-m`, data: measured });
  await openMeasurements(table).add("all", event);

  const finding = await recordFinding({ ports }, { type: "stream", id: stream }, findingOf("f1"));
  await openIncidents(table).change("i1", () => {
    const incident = sampleIncident({ streamId: stream, openedAt: new Date().toISOString() });
    const facts = { streamId: stream, entityId: "i1", data: incident };
    return { incident, events: [eventOf({ detailType: "incident.opened", ...facts })] };
  });
  const waiting = sampleRepair({ id: "r1", incidentId: "i1", streamId: stream, status: "awaiting-approval" });
  await openRepairs(table).change("r1", () => ({ repair: waiting, events: [] }));
  const silenced = { match: { streams: [stream] }, minutes: 60 };
  const silence: string = (await ask({ method: "POST", path: "/v1/silences", body: silenced })).body.id;
  const command: string = (await ask({ method: "POST", path: "/v1/incidents/i1/not-a-defect" })).body.id;

  await recordFinding({ ports }, { type: "scan", id: scan }, { ...findingOf("f2"), endSeconds: 15 });
  await blobs.put(`scans/${scan}/result.json`, new TextEncoder().encode(JSON.stringify(scanResult)), {
    contentType: "application/json",
    keepDays: 90,
  });
  const counts = { info: 0, minor: 0, major: 1, critical: 0 };
  const completed = { scanId: scan, input: scanResult.input, durationSeconds: 60, findings: counts };
  await openScans(table).finish(scan, {
    ...{ error: null, result: `scans/${scan}/result.json`, finishedAt: new Date().toISOString() },
    event: eventOf({ detailType: "scan.completed", streamId: scan, entityId: scan, data: completed }),
  });
  const fileRepair = sampleFileRepair({ ...copied, scanId: scan, status: "succeeded" });
  await openFileRepairs(table).change(scan, fileRepair.id, () => ({ repair: fileRepair, events: [] }));
  await blobs.put(copyBlob(fileRepair), new Uint8Array(copied.copy.sizeBytes), {
    contentType: "video/mp4",
    keepDays: 90,
  });
  const manifest = new TextEncoder().encode(JSON.stringify({ actions: [{ action: "conceal-audio" }] }));
  await blobs.put(manifestBlob(fileRepair), manifest, { contentType: "application/json", keepDays: 90 });
  return {
    ...{ stream, scan, queuedScan, fileRepair: fileRepair.id, key, finding: finding.id },
    ...{ incident: "i1", silence, repair: "r1", command },
  };
}

export async function recordFinding(
  { ports }: Pick<TestApi, "ports">,
  source: StoredFinding["source"],
  finding: Finding,
): Promise<Finding> {
  const facts = { streamId: source.id, entityId: finding.id, data: finding };
  const event = eventOf({ detailType: "finding.opened", ...facts });
  await openFindings(ports.table).record({ source, group: "all", finding }, event);
  return finding;
}

export function findingOf(id: string): Finding {
  return {
    ...{ id, kind: "frozen-picture", subject: { media: "video", track: 0 }, startSeconds: 12.04, endSeconds: null },
    ...{ severity: "major", confidence: 0.99, revision: 1 },
    measurements: [{ name: "duration", value: 3, unit: "s", threshold: 1 }],
  };
}

export const scanResult: ScanResult = {
  ...{ input: "https://example.com/a.mp4?token=***", durationSeconds: 60, complete: true, error: null },
  ...{ video: media.video, audio: [] },
  detectors: [
    { id: "frozen-picture", status: "ok" },
    { id: "black-picture", status: "ok" },
  ],
  findings: [
    { ...findingOf("f2"), endSeconds: 15 },
    { ...findingOf("f3"), kind: "black-picture", endSeconds: 15 },
  ],
};

function eventOf<Type extends DetailType>(facts: Omit<EventFacts<Type>, "revision" | "occurredAt" | "traceparent">) {
  return makeEvent({ revision: 1, occurredAt: new Date(), traceparent: openTrace(), ...facts });
}
