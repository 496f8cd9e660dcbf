import type { Actor } from "@glasswatch/core/actor";
import type { Incident } from "@glasswatch/core/incident";
import { isSame } from "./correlation.ts";
import { type Draft, isPaging, nameOf, noted, openParts, system, toldNow, withAgenda, withIncident } from "./draft.ts";
import type { Defect, Happening } from "./happening.ts";
import type { IncidentPolicy } from "./policy.ts";
import { isDue, later } from "./time.ts";

export function reopened(draft: Draft, note?: string, by: Actor = system): Draft {
  const open = withIncident(draft, { status: "open", resolvedAt: null });
  return toldNow(noted(withAgenda(open, { confirmAt: null, settleAt: null }), "reopened", note, by));
}

/** A person resolved it, and what it is about is still there: then it was not over. Looked at once. */
export function confirmed(draft: Draft, reopens: string | null): Draft {
  if (!isDue(draft.agenda.confirmAt, draft.at)) return draft;
  const lasting = openParts(draft).find(isPaging);
  if (!lasting || reopens !== draft.incident.resolvedAt) return withAgenda(draft, { confirmAt: null });
  return reopened(draft, `${nameOf(lasting)} is still there`);
}

/**
 * Whether a defect reopens an incident that was resolved: it is the same again, soon after, or what the incident was about
 * never ended. What people said is no defect is not reopened.
 */
export function reopens(incident: Incident, defect: Defect, at: string, { reopenMinutes }: IncidentPolicy): boolean {
  const { resolvedAt, parts } = incident;
  if (resolvedAt === null || at > later(resolvedAt, reopenMinutes * 60) || isDismissed(incident)) return false;
  return parts.some((part) => part.open || isSame(part, defect));
}

/** Whether an incident may have to be reopened because a person resolved it and it lasts. */
export function mayLast(incident: Incident): boolean {
  return incident.status === "resolved" && !isDismissed(incident) && incident.parts.some(isPaging);
}

function isDismissed({ history }: Incident): boolean {
  return history.findLast(({ what }) => what === "resolved" || what === "not-a-defect")?.what === "not-a-defect";
}

/** Whether an incident is over for what happened: a defect that it did not have, and that may not reopen it. */
export function isShut({ status, resolvedAt, parts }: Incident, happening: Happening): boolean {
  if (happening.type !== "defect" || status !== "resolved") return false;
  const { defect, reopens } = happening;
  const known = parts.find(({ id }) => id === defect.id);
  const isOld = known !== undefined && (known.open || !defect.open);
  return !isOld && resolvedAt !== reopens;
}
