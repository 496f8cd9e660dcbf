import type { ApiWorld } from "../support/api-world.ts";
import type { Ask } from "../support/open-api.ts";

/** A request that an operation of the API has an answer to. */
export interface OperationCase {
  /** As the OpenAPI document names it. */
  readonly operation: string;
  readonly ask: (world: ApiWorld) => Omit<Ask, "method">;
  readonly status: number;
  /** What is in the answer, among other things. */
  readonly answer?: (world: ApiWorld) => object;
}

const shownUrl = "https://***@example.com/live.m3u8";

const unknownAction =
  "expected one of replace-segment, conceal-audio, normalise-loudness, realign-audio, strip-or-declare (did you mean conceal-audio?)";

/** Each operation at least once; those that take something away come last. */
export const operationCases: readonly OperationCase[] = [
  { operation: "GET /v1/health", ask: () => ({ path: "/v1/health", scope: null }), status: 200 },
  { operation: "GET /v1/openapi.json", ask: () => ({ path: "/v1/openapi.json", scope: "read" }), status: 200 },
  {
    operation: "POST /v1/streams",
    ask: () => ({ path: "/v1/streams", scope: "write", body: { url: "https://example.com/2.m3u8", kind: "live" } }),
    status: 201,
    answer: () => ({ name: "https://example.com/2.m3u8", tier: "full", paused: false, state: { status: "waiting" } }),
  },
  {
    operation: "GET /v1/streams",
    ask: () => ({ path: "/v1/streams?label=channel=5&state=running&limit=1", scope: "read" }),
    status: 200,
    answer: ({ stream }) => ({ items: [{ id: stream, url: shownUrl, state: { media: { container: "hls" } } }] }),
  },
  {
    operation: "GET /v1/streams/{id}",
    ask: ({ stream }) => ({ path: `/v1/streams/${stream}`, scope: "read" }),
    status: 200,
    answer: ({ stream }) => ({ id: stream, url: shownUrl, name: shownUrl, profile: "news", version: 1 }),
  },
  {
    operation: "PATCH /v1/streams/{id}",
    ask: ({ stream }) => ({ path: `/v1/streams/${stream}`, scope: "write", body: { paused: true } }),
    status: 200,
    answer: () => ({ paused: true, version: 2, state: { status: "paused", media: { container: "hls" } } }),
  },
  {
    operation: "GET /v1/streams/{id}/findings",
    ask: ({ stream }) => ({ path: `/v1/streams/${stream}/findings?open=true`, scope: "read" }),
    status: 200,
    answer: ({ stream, finding }) => ({ items: [{ id: finding, source: { type: "stream", id: stream } }], next: null }),
  },
  {
    operation: "GET /v1/streams/{id}/measurements",
    ask: ({ stream }) => ({ path: `/v1/streams/${stream}/measurements?from=2020-01-01T00:00:00Z`, scope: "read" }),
    status: 200,
    answer: () => ({ items: [{ group: "all", samples: [{ busyShare: 0.2 }] }] }),
  },
  {
    operation: "POST /v1/scans",
    ask: () => ({ path: "/v1/scans", scope: "write", body: { url: "https://example.com/c.mp4?token=secret" } }),
    status: 202,
    answer: () => ({
      input: "https://example.com/c.mp4?token=***",
      status: "queued",
      groups: { all: { status: "queued" } },
    }),
  },
  {
    operation: "POST /v1/scans",
    ask: () => ({ path: "/v1/scans", scope: "write", body: { scans: [{ url: "https://example.com/d.mp4" }] } }),
    status: 202,
  },
  {
    operation: "GET /v1/scans",
    ask: () => ({ path: "/v1/scans?status=completed", scope: "read" }),
    status: 200,
    answer: ({ scan }) => ({
      items: [{ id: scan, input: "https://example.com/a.mp4?token=***", status: "completed" }],
    }),
  },
  {
    operation: "GET /v1/scans/{id}",
    ask: ({ queuedScan }) => ({ path: `/v1/scans/${queuedScan}`, scope: "read" }),
    status: 200,
    answer: ({ queuedScan }) => ({ id: queuedScan, status: "queued", error: null, finishedAt: null, repairOf: null }),
  },
  {
    operation: "GET /v1/scans/{id}/findings",
    ask: ({ scan }) => ({ path: `/v1/scans/${scan}/findings?severity=major&kind=frozen-picture`, scope: "read" }),
    status: 200,
    answer: ({ scan }) => ({ items: [{ id: "f2", source: { type: "scan", id: scan } }] }),
  },
  {
    operation: "GET /v1/scans/{id}/result",
    ask: ({ scan }) => ({ path: `/v1/scans/${scan}/result`, scope: "read" }),
    status: 200,
    answer: () => ({ schemaVersion: 1, results: [{ complete: true, findings: [{ id: "f2" }, { id: "f3" }] }] }),
  },
  {
    operation: "GET /v1/scans/{id}/result",
    ask: ({ scan }) => ({ path: `/v1/scans/${scan}/result?detector=black-picture`, scope: "read" }),
    status: 200,
    answer: () => ({ results: [{ detectors: [{ id: "black-picture" }], findings: [{ id: "f3" }] }] }),
  },
  {
    operation: "GET /v1/scans/{id}/result",
    ask: ({ scan }) => ({ path: `/v1/scans/${scan}/result?detector=blak-picture`, scope: "read" }),
    status: 400,
    answer: () => ({ detail: "detector: blak-picture was not run in this scan (did you mean black-picture?)" }),
  },
  {
    operation: "GET /v1/scans/{id}/result",
    ask: ({ queuedScan }) => ({ path: `/v1/scans/${queuedScan}/result`, scope: "read" }),
    status: 409,
    answer: () => ({ code: "no-result" }),
  },
  {
    operation: "POST /v1/scans/{id}/repairs",
    ask: ({ scan }) => ({ path: `/v1/scans/${scan}/repairs`, scope: "write", body: { actions: ["replace-segment"] } }),
    status: 202,
    answer: ({ scan }) => ({
      ...{ scanId: scan, input: "https://example.com/a.mp4?token=***", wanted: ["replace-segment"], dryRun: false },
      ...{ status: "requested", requestedBy: { via: "api", name: "write" } },
    }),
  },
  {
    operation: "POST /v1/scans/{id}/repairs",
    ask: ({ scan }) => ({ path: `/v1/scans/${scan}/repairs`, scope: "write", body: { actions: ["conceal-audo"] } }),
    status: 422,
    answer: () => ({
      errors: [{ pointer: "#/actions/0", detail: unknownAction }],
    }),
  },
  {
    operation: "GET /v1/scans/{id}/repairs",
    ask: ({ scan }) => ({ path: `/v1/scans/${scan}/repairs?limit=1`, scope: "read" }),
    status: 200,
    answer: ({ fileRepair }) => ({ items: [{ id: fileRepair }] }),
  },
  {
    operation: "GET /v1/scans/{id}/repairs/{repairId}",
    ask: ({ scan, fileRepair }) => ({ path: `/v1/scans/${scan}/repairs/${fileRepair}`, scope: "read" }),
    status: 200,
    answer: () => ({ status: "succeeded", made: [{ action: "conceal-audio" }] }),
  },
  {
    operation: "GET /v1/scans/{id}/repairs/{repairId}/manifest",
    ask: ({ scan, fileRepair }) => ({ path: `/v1/scans/${scan}/repairs/${fileRepair}/manifest`, scope: "read" }),
    status: 200,
    answer: () => ({ actions: [{ action: "conceal-audio" }] }),
  },
  {
    operation: "GET /v1/scans/{id}/repairs/{repairId}/copy",
    ask: ({ scan, fileRepair }) => ({ path: `/v1/scans/${scan}/repairs/${fileRepair}/copy`, scope: "read" }),
    status: 200,
  },
  {
    operation: "GET /v1/findings/{id}/evidence/{role}",
    ask: ({ finding }) => ({ path: `/v1/findings/${finding}/evidence/after`, scope: "read" }),
    status: 404,
  },
  {
    operation: "GET /v1/findings",
    ask: ({ stream }) => ({ path: `/v1/findings?stream=${stream}&severity=minor`, scope: "read" }),
    status: 200,
    answer: ({ finding }) => ({ items: [{ id: finding, severity: "major" }] }),
  },
  {
    operation: "GET /v1/findings",
    ask: () => ({ path: "/v1/findings?severity=critical", scope: "read" }),
    status: 200,
    answer: () => ({ items: [], next: null }),
  },
  {
    operation: "GET /v1/findings/{id}",
    ask: ({ finding }) => ({ path: `/v1/findings/${finding}`, scope: "read" }),
    status: 200,
    answer: () => ({ kind: "frozen-picture", endSeconds: null }),
  },
  {
    operation: "GET /v1/incidents",
    ask: ({ stream }) => ({ path: `/v1/incidents?status=open&stream=${stream}`, scope: "read" }),
    status: 200,
    answer: ({ incident }) => ({ items: [{ id: incident }] }),
  },
  {
    operation: "GET /v1/incidents",
    ask: () => ({ path: "/v1/incidents?number=12", scope: "read" }),
    status: 200,
    answer: ({ incident }) => ({ items: [{ id: incident, number: 12 }], next: null }),
  },
  {
    operation: "GET /v1/incidents",
    ask: () => ({ path: "/v1/incidents?number=12&status=resolved", scope: "read" }),
    status: 200,
    answer: () => ({ items: [], next: null }),
  },
  {
    operation: "GET /v1/incidents/{id}",
    ask: ({ incident }) => ({ path: `/v1/incidents/${incident}`, scope: "read" }),
    status: 200,
    answer: () => ({ status: "open", parts: [{ kind: "frozen-picture" }], history: [{ what: "opened" }] }),
  },
  {
    operation: "GET /v1/incidents/{id}/findings",
    ask: ({ incident }) => ({ path: `/v1/incidents/${incident}/findings`, scope: "read" }),
    status: 200,
    answer: ({ finding }) => ({ items: [{ id: finding, kind: "frozen-picture" }] }),
  },
  {
    operation: "POST /v1/incidents/{id}/acknowledge",
    ask: ({ incident }) => ({ path: `/v1/incidents/${incident}/acknowledge`, scope: "write", body: { minutes: 30 } }),
    status: 202,
    answer: ({ incident }) => ({
      command: { name: "acknowledge", incidentId: incident, minutes: 30 },
      ...{ by: { via: "api", name: "write" }, answer: null },
    }),
  },
  {
    operation: "POST /v1/incidents/{id}/resolve",
    ask: ({ incident }) => ({ path: `/v1/incidents/${incident}/resolve`, scope: "write" }),
    status: 202,
    answer: ({ incident }) => ({ command: { name: "resolve", incidentId: incident } }),
  },
  {
    operation: "POST /v1/incidents/{id}/reopen",
    ask: ({ incident }) => ({ path: `/v1/incidents/${incident}/reopen`, scope: "write" }),
    status: 409,
    answer: () => ({ code: "not-in-this-state", detail: "incident 12 is open, not resolved" }),
  },
  {
    operation: "POST /v1/incidents/{id}/not-a-defect",
    ask: ({ incident }) => ({ path: `/v1/incidents/${incident}/not-a-defect`, scope: "write" }),
    status: 202,
    answer: ({ incident }) => ({ command: { name: "not-a-defect", incidentId: incident } }),
  },
  {
    operation: "POST /v1/incidents/{id}/silence",
    ask: ({ incident }) => ({ path: `/v1/incidents/${incident}/silence`, scope: "write", body: { minutes: 60 } }),
    status: 202,
    answer: ({ stream }) => ({ command: { name: "silence", streamIds: [stream], minutes: 60 } }),
  },
  {
    operation: "POST /v1/incidents/{id}/repair",
    ask: ({ incident }) => ({ path: `/v1/incidents/${incident}/repair`, scope: "write" }),
    status: 202,
    answer: ({ incident }) => ({ command: { name: "repair", incidentId: incident } }),
  },
  {
    operation: "GET /v1/commands/{id}",
    ask: ({ command }) => ({ path: `/v1/commands/${command}`, scope: "read" }),
    status: 200,
    answer: ({ command }) => ({ id: command, command: { name: "not-a-defect" }, answer: null }),
  },
  {
    operation: "GET /v1/repairs",
    ask: ({ stream }) => ({
      path: `/v1/repairs?incident=i1&stream=${stream}&status=awaiting-approval&action=switch-source`,
      scope: "read",
    }),
    status: 200,
    answer: ({ repair }) => ({ items: [{ id: repair }], next: null }),
  },
  {
    operation: "GET /v1/repairs",
    ask: () => ({ path: "/v1/repairs?status=succeeded", scope: "read" }),
    status: 200,
    answer: () => ({ items: [], next: null }),
  },
  {
    operation: "GET /v1/repairs/{id}",
    ask: ({ repair }) => ({ path: `/v1/repairs/${repair}`, scope: "read" }),
    status: 200,
    answer: () => ({ action: "switch-source", status: "awaiting-approval" }),
  },
  {
    operation: "POST /v1/repairs/{id}/approve",
    ask: ({ repair }) => ({ path: `/v1/repairs/${repair}/approve`, scope: "write" }),
    status: 202,
    answer: ({ repair }) => ({ command: { name: "approve-repair", repairId: repair } }),
  },
  {
    operation: "POST /v1/repairs/{id}/reject",
    ask: ({ repair }) => ({ path: `/v1/repairs/${repair}/reject`, scope: "write" }),
    status: 202,
    answer: ({ repair }) => ({ command: { name: "reject-repair", repairId: repair } }),
  },
  {
    operation: "POST /v1/silences",
    ask: () => ({
      path: "/v1/silences",
      scope: "write",
      body: {
        match: { kinds: ["black-picture"], labels: { channel: "5" } },
        weekly: { days: ["sunday"], from: "02:00", to: "04:00", timeZone: "Europe/Berlin" },
        comment: "maintenance of the transmitter",
      },
    }),
    status: 201,
    answer: () => ({ to: null, weekly: { days: ["sunday"] }, createdBy: { via: "api", name: "write" }, version: 1 }),
  },
  {
    operation: "POST /v1/silences",
    ask: ({ stream }) => ({
      path: "/v1/silences",
      body: { match: { streams: [stream] }, from: "2100-01-01T01:00:00+01:00", minutes: 90 },
    }),
    status: 201,
    answer: () => ({ from: "2100-01-01T00:00:00.000Z", to: "2100-01-01T01:30:00.000Z", weekly: null, comment: "" }),
  },
  {
    operation: "GET /v1/silences",
    ask: () => ({ path: "/v1/silences?limit=1", scope: "read" }),
    status: 200,
    answer: () => ({ items: [{ version: 1 }] }),
  },
  {
    operation: "GET /v1/silences/{id}",
    ask: ({ silence }) => ({ path: `/v1/silences/${silence}`, scope: "read" }),
    status: 200,
    answer: ({ silence, stream }) => ({ id: silence, match: { streams: [stream] } }),
  },
  {
    operation: "DELETE /v1/silences/{id}",
    ask: ({ silence }) => ({ path: `/v1/silences/${silence}`, scope: "write" }),
    status: 204,
  },
  {
    operation: "DELETE /v1/silences/{id}",
    ask: ({ silence }) => ({ path: `/v1/silences/${silence}`, scope: "write" }),
    status: 404,
  },
  {
    operation: "POST /v1/hooks/sms",
    ask: () => ({
      path: "/v1/hooks/sms",
      scope: "write",
      body: { from: "+4915112345678", text: "ACK 12", messageId: "m1" },
    }),
    status: 204,
  },
  {
    operation: "GET /v1/events",
    ask: () => ({ path: "/v1/events", scope: "read" }),
    status: 200,
    answer: ({ stream }) => ({ items: [{ "detail-type": "stream.started", detail: { streamId: stream } }] }),
  },
  {
    operation: "PUT /v1/profiles/{name}",
    ask: () => ({ path: "/v1/profiles/sport", scope: "write", body: { ignore: [{ fromSeconds: 0, toSeconds: 5 }] } }),
    status: 201,
    answer: () => ({ name: "sport", version: 1, profile: { detectors: {}, expect: {} } }),
  },
  {
    operation: "PUT /v1/profiles/{name}",
    ask: () => ({ path: "/v1/profiles/sport", scope: "write", body: { detectors: { "frozen-pictur": {} } } }),
    status: 422,
    answer: () => ({
      errors: [{ pointer: "#/detectors/frozen-pictur", detail: "unknown detector (did you mean frozen-picture?)" }],
    }),
  },
  {
    operation: "PUT /v1/profiles/{name}",
    ask: () => ({ path: "/v1/profiles/sport", scope: "write", body: {} }),
    status: 200,
    answer: () => ({ version: 2, profile: { ignore: [] } }),
  },
  {
    operation: "PUT /v1/profiles/{name}",
    ask: () => ({
      path: "/v1/profiles/film",
      body: { detectors: { "audio-silence": { options: { minorFromSeconds: 4 } } } },
    }),
    status: 201,
    answer: () => ({ profile: { detectors: { "audio-silence": { options: { minorFromSeconds: 4 } } } } }),
  },
  {
    operation: "GET /v1/profiles/{name}",
    ask: () => ({ path: "/v1/profiles/news", scope: "read" }),
    status: 200,
    answer: () => ({ name: "news", profile: { detectors: { "frozen-picture": { enabled: true } } } }),
  },
  {
    operation: "GET /v1/profiles",
    ask: () => ({ path: "/v1/profiles", scope: "read" }),
    status: 200,
    answer: () => ({ items: [{ name: "film" }, { name: "news" }, { name: "sport" }], next: null }),
  },
  {
    operation: "GET /v1/queues",
    ask: () => ({ path: "/v1/queues", scope: "read" }),
    status: 200,
    answer: () => ({ items: [{ queue: "incidents" }, {}, {}, {}, {}, { queue: "detect-all", inFlight: 0, dead: 0 }] }),
  },
  {
    operation: "POST /v1/queues/{name}/redrive",
    ask: () => ({ path: "/v1/queues/notify/redrive" }),
    status: 200,
    answer: () => ({ queue: "notify", redriven: 0 }),
  },
  {
    operation: "POST /v1/keys",
    ask: () => ({ path: "/v1/keys", body: { name: "dashboard", scope: "read" } }),
    status: 201,
    answer: () => ({ name: "dashboard", scope: "read", revokedAt: null }),
  },
  {
    operation: "GET /v1/keys",
    ask: () => ({ path: "/v1/keys?limit=1" }),
    status: 200,
    answer: () => ({ items: [{ name: "dashboard" }] }),
  },
  { operation: "DELETE /v1/keys/{id}", ask: ({ key }) => ({ path: `/v1/keys/${key}` }), status: 204 },
  { operation: "DELETE /v1/incident-links", ask: () => ({ path: "/v1/incident-links" }), status: 204 },
  { operation: "DELETE /v1/profiles/{name}", ask: () => ({ path: "/v1/profiles/sport", scope: "write" }), status: 204 },
  {
    operation: "DELETE /v1/profiles/{name}",
    ask: () => ({ path: "/v1/profiles/news", scope: "write" }),
    status: 409,
    answer: () => ({ code: "profile-in-use" }),
  },
  {
    operation: "DELETE /v1/streams/{id}",
    ask: ({ stream }) => ({ path: `/v1/streams/${stream}`, scope: "write" }),
    status: 204,
  },
  {
    operation: "GET /v1/streams/{id}",
    ask: ({ stream }) => ({ path: `/v1/streams/${stream}`, scope: "read" }),
    status: 404,
    answer: () => ({ code: "not-found" }),
  },
];
