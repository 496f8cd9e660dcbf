import type { Incident, IncidentPart } from "@glasswatch/core/incident";

const at = "2030-01-01T00:00:00.000Z";

/** A defect of an incident, as far as a test does not say otherwise. */
export function samplePart(part: Partial<IncidentPart> = {}): IncidentPart {
  return {
    ...{ id: "f1", streamId: "channel-5", kind: "frozen-picture", severity: "major", open: true, since: at },
    mutedBy: null,
    ...part,
  };
}

/** An incident, as far as a test does not say otherwise: a picture that stands still, told a moment ago. */
export function sampleIncident(incident: Partial<Incident> = {}): Incident {
  const streamId = incident.streamId ?? "channel-5";
  return {
    ...{ id: "i1", number: 12, key: `stream:${streamId}`, streamId, streamIds: [streamId] },
    ...{ status: "open", severity: "major", openedAt: at, resolvedAt: null, acknowledged: null },
    ...{ muted: false, flapping: false, escalation: 0, repairs: [] },
    ...{ parts: [samplePart({ streamId })], furtherParts: 0 },
    history: [{ at, what: "opened", by: { via: "system", name: "glasswatch" } }],
    ...{ furtherHistory: 0, version: 1 },
    ...incident,
  };
}
