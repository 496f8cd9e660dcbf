import type { Incident } from "@glasswatch/core/incident";
import type { IncidentAgenda } from "@glasswatch/core/state/incident-agenda";
import { acknowledgementExpired } from "./acknowledge.ts";
import type { Circumstances } from "./circumstances.ts";
import { type Draft, type IncidentNews, toldNow, withAgenda, withIncident } from "./draft.ts";
import { aged, graded, nextAgeing } from "./grade.ts";
import type { Happening } from "./happening.ts";
import { muted, nextSilenceTurn } from "./mute.ts";
import { type IncidentName, openDraft } from "./open-draft.ts";
import { ordered } from "./order.ts";
import { isPressing, pressed, scheduled } from "./press.ts";
import { confirmed, isShut } from "./reopen.ts";
import { ended, settled } from "./settle.ts";
import { takeDefect } from "./take-defect.ts";
import { takeRepair } from "./take-repair.ts";
import { earliestOf, isDue, latestOf } from "./time.ts";

/** An incident as it is kept. */
export interface IncidentRecord {
  readonly incident: Incident;
  readonly agenda: IncidentAgenda;
}

export interface RecordStep extends IncidentRecord {
  /** What the step is told as; null where it is not told, or later. */
  readonly told: IncidentNews | null;
}

/**
 * What becomes of an incident by what happened. The same again, and what is older than what is known, changes nothing.
 *
 * @param known null where there is no incident yet, which only a defect opens
 * @returns null where nothing changes
 */
export function stepOf(
  known: IncidentRecord | null,
  name: IncidentName,
  happening: Happening,
  circumstances: Circumstances,
): RecordStep | null {
  const { now, policy } = circumstances;
  if (!known) {
    if (happening.type !== "defect") return null;
    const draft = openDraft(name, happening.defect, now.toISOString(), policy);
    return draft && finished(judged(draft, null, happening, circumstances), null);
  }
  if (isShut(known.incident, happening)) return null;
  // Clocks of two machines differ: the audit trail goes forward all the same.
  const at = latestOf(now.toISOString(), known.incident.history.at(-1)?.at ?? "");
  const draft = happened({ ...known, at, policy, told: null }, happening);
  return finished(judged(draft, known, happening, circumstances), known);
}

/** When an incident is to be looked at again; null for never. */
export function dueAt({ incident, agenda }: IncidentRecord): string | null {
  const { tellAt, settleAt, steadyAt, recheckAt, confirmAt, escalateAt, repeatAt } = agenda;
  const pressing = isPressing(incident) ? [escalateAt, repeatAt] : [];
  const until = incident.acknowledged?.until ?? null;
  return earliestOf([tellAt, settleAt, steadyAt, recheckAt, confirmAt, until, ...pressing]);
}

function happened(draft: Draft, happening: Happening): Draft {
  switch (happening.type) {
    case "defect":
      return takeDefect(draft, happening.defect);
    case "look":
      return confirmed(acknowledgementExpired(draft), happening.reopens);
    case "repair":
      return takeRepair(draft, happening.repair);
    default:
      return ordered(draft, happening);
  }
}

/** What follows of it, by every rule in turn. */
function judged(draft: Draft, known: IncidentRecord | null, happening: Happening, circumstances: Circumstances): Draft {
  const before = known?.incident.parts ?? null;
  const now = settled(graded(muted(aged(draft), circumstances, before)), known?.incident ?? null);
  const looked = happening.type === "look" ? bundled(pressed(ended(now))) : now;
  const next = scheduled(looked);
  if (next.incident.status === "resolved") return next;
  return withAgenda(next, { recheckAt: earliestOf([nextAgeing(next), nextSilenceTurn(next, circumstances)]) });
}

/** News that waited is told. */
function bundled(draft: Draft): Draft {
  return isDue(draft.agenda.tellAt, draft.at) ? toldNow(draft) : draft;
}

function finished(draft: Draft, known: IncidentRecord | null): RecordStep | null {
  const { told } = draft;
  const { incident, agenda } = told ? withAgenda(draft, { tellAt: null }) : draft;
  if (known && !told && isEqual(incident, known.incident) && isEqual(agenda, known.agenda)) return null;
  const version = (known?.incident.version ?? 0) + 1;
  return { incident: withIncident(draft, { version }).incident, agenda, told };
}

function isEqual(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
