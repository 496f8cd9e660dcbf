import { createHash } from "node:crypto";
import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import type { IncidentPart } from "@glasswatch/core/incident";
import type { Ports } from "@glasswatch/core/ports/ports";
import { openFindings } from "@glasswatch/core/state/findings";
import { type Incidents, openIncidents } from "@glasswatch/core/state/incidents";
import { openStreamStates, type StreamState } from "@glasswatch/core/state/stream-states";
import { type IncidentStep, stepsOf } from "./incident-steps.ts";

/**
 * Takes an event into its stream's incident. What the event is about is read as it stands now, so that events may come twice
 * and in any order.
 */
export async function handleEvent(event: Event, { table }: Pick<Ports, "table">): Promise<void> {
  const part = await partOf(event, table);
  if (!part) return;
  const { streamId, occurredAt: at, traceparent } = event.detail;
  const incidents = openIncidents(table);
  const key = `stream:${streamId}`;
  const latest = await incidents.latestOf(key);
  const open = latest?.status === "resolved" ? null : latest;
  // That a stream is well again is no news where nobody was told that it was not.
  if (isState(part) && !part.open && !open) return;
  const own = isState(part) ? null : await incidents.of(part.id);
  const id = own ?? open?.id ?? identify(streamId, part, event);
  const number = open?.number ?? (await incidents.nextNumber());
  const facts = { id, number, key, streamId, at };

  await incidents.change(facts.id, (incident) => {
    if (incident?.status === "resolved") return null;
    const steps = stepsOf(incident, part, facts);
    const last = steps.at(-1);
    return last ? { incident: last.incident, events: steps.map((step) => eventOf(step, at, traceparent)) } : null;
  });
  if (own === null && !isState(part)) await assign(part.id, facts.id, incidents);
}

/** Only what an incident has taken in belongs to it. */
async function assign(findingId: string, incidentId: string, incidents: Incidents): Promise<void> {
  const incident = await incidents.get(incidentId);
  if (incident?.parts.some(({ id }) => id === findingId)) await incidents.assign(findingId, incidentId);
}

function isState({ id }: IncidentPart): boolean {
  return id.includes("/state/");
}

async function partOf(event: Event, table: Ports["table"]): Promise<IncidentPart | null> {
  switch (event["detail-type"]) {
    case "finding.opened":
    case "finding.updated":
    case "finding.closed": {
      const stored = await openFindings(table).get(event.detail.data.id);
      const { id, kind, severity, endSeconds } = stored?.finding ?? event.detail.data;
      const { streamId, occurredAt: since } = event.detail;
      return { id, streamId, kind, severity, open: endSeconds === null, since, mutedBy: null };
    }
    case "stream.stalled":
    case "stream.failed":
    case "stream.resumed":
    case "stream.ended":
      return streamPart(event, table);
    default:
      return null;
  }
}

/** What is wrong with the stream itself, in the eyes of one detector group. */
async function streamPart(event: Event, table: Ports["table"]): Promise<IncidentPart | null> {
  const { idempotencyKey, streamId } = event.detail;
  const entity = idempotencyKey.slice(0, idempotencyKey.lastIndexOf(":"));
  const group = entity === streamId ? "all" : entity.slice(streamId.length + 1);
  const state = await openStreamStates(table).get(streamId, group);
  if (!state) return null;
  const facts = { id: `${streamId}/state/${group}`, streamId, since: state.since, mutedBy: null };
  return { ...facts, kind: kindOf(state), severity: "critical", open: isTrouble(state) };
}

function isTrouble({ status }: StreamState): boolean {
  return status === "failed" || status === "stalled";
}

function kindOf({ status }: StreamState): string {
  return status === "failed" ? "stream-failed" : "stream-stalled";
}

/** The same event again gives the same id, and no two incidents share one. */
function identify(streamId: string, part: IncidentPart, { detail }: Event): string {
  const begun = isState(part) ? detail.idempotencyKey : part.id;
  return createHash("sha256").update(`${streamId} ${begun}`).digest("hex").slice(0, 16);
}

function eventOf({ detailType, incident }: IncidentStep, at: string, traceparent: string): Event {
  const { id: entityId, streamId, version: revision } = incident;
  return makeEvent({ detailType, streamId, entityId, revision, occurredAt: new Date(at), traceparent, data: incident });
}
