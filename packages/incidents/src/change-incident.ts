import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import type { Incident } from "@glasswatch/core/incident";
import type { IncidentStep } from "@glasswatch/core/state/incidents";
import type { Circumstances } from "./circumstances.ts";
import type { Happening } from "./happening.ts";
import { emptyAgenda, type IncidentName, opensIncident } from "./open-draft.ts";
import { readCircumstances } from "./read-circumstances.ts";
import { isShut } from "./reopen.ts";
import { dueAt, type RecordStep, stepOf } from "./step.ts";
import type { Stores } from "./stores.ts";
import { setTimer } from "./timers.ts";

export interface Changed {
  /** As it stands now; null where there is none. */
  readonly incident: Incident | null;
  readonly isNew: boolean;
  /** It was resolved before this came: what has its key goes elsewhere. */
  readonly isShut: boolean;
}

/**
 * Takes what happened into one incident: the row changes with what is told of it in one write, and the timer of whatever is
 * next to be done is set after it. Killed in between, the same event again sets it.
 */
export async function changeIncident(
  { id, key }: Pick<IncidentName, "id" | "key">,
  happening: Happening,
  cause: Event,
  stores: Stores,
): Promise<Changed> {
  const known = await stores.incidents.get(id);
  const circumstances = await readCircumstances(known, happening, cause, stores);
  const number = known?.number ?? (await numberFor(happening, circumstances, stores));
  let isNew = false;
  let isShutNow = false;
  let rings: Rings = { due: null, ringsAt: null };

  const incident = await stores.incidents.change(id, (before, agenda): IncidentStep | null => {
    const record = before && { incident: before, agenda: agenda ?? emptyAgenda };
    isShutNow = before !== null && isShut(before, happening);
    const step = stepOf(record, { id, key, number }, happening, circumstances);
    isNew = step !== null;
    const next = step ?? record;
    rings = { due: next && dueAt(next), ringsAt: next?.agenda.ringsAt ?? null };
    return step && { incident: step.incident, agenda: step.agenda, events: eventsOf(step, cause) };
  });
  if (incident) await ring(incident, rings, cause, stores);
  return { incident, isNew, isShut: isShutNow };
}

interface Rings {
  readonly due: string | null;
  readonly ringsAt: string | null;
}

/** Has it looked at when something is due. That this was seen to is in the row, so that not every event does it anew. */
async function ring({ id, streamId }: Incident, { due, ringsAt }: Rings, cause: Event, stores: Stores): Promise<void> {
  // A timer may get lost among dead letters.
  const isLate = due !== null && due < stores.now().toISOString() && cause["detail-type"] !== "timer.due";
  if (due === null || (due === ringsAt && !isLate)) return;
  await setTimer({ what: "incident", id, streamId, due, cause }, stores);
  await stores.incidents.change(id, (incident, agenda) =>
    incident && agenda && agenda.ringsAt !== due ? { incident, agenda: { ...agenda, ringsAt: due }, events: [] } : null,
  );
}

/** Taken only where an incident is opened. */
async function numberFor(happening: Happening, { now }: Circumstances, { incidents }: Stores): Promise<number> {
  const opens = happening.type === "defect" && opensIncident(happening.defect, now.toISOString());
  return opens ? incidents.nextNumber() : 0;
}

function eventsOf({ told, incident }: RecordStep, { detail }: Event): readonly Event[] {
  if (!told) return [];
  const { id: entityId, streamId, version: revision, history } = incident;
  const occurredAt = new Date(history.at(-1)?.at ?? detail.occurredAt);
  const { traceparent } = detail;
  return [makeEvent({ detailType: told, streamId, entityId, revision, occurredAt, traceparent, data: incident })];
}
