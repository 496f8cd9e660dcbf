import type { Incident, IncidentChange } from "@glasswatch/core/incident";

/** What of an incident is worth a text message. What else becomes of it is for the channels that can be edited. */
const worthTelling: ReadonlySet<IncidentChange["what"]> = new Set([
  ...(["opened", "reopened", "worsened", "unmuted", "escalated", "repeated"] as const),
  ...(["repair-failed", "acknowledgement-expired"] as const),
]);

/** A state of an incident that is told once to each person. */
export interface IncidentNews {
  /** The same state has the same key, whichever event of the incident leads to it. */
  readonly key: string;
  readonly what: IncidentChange["what"];
}

/**
 * What there is to tell of an incident as it stands now, so that events may come twice and in any order; null where it is
 * over, or somebody is at it, or nobody is to be told.
 */
export function newsOf({ status, muted, history, openedAt }: Incident): IncidentNews | null {
  if (status !== "open" || muted) return null;
  const last = history.findLast(({ what }) => worthTelling.has(what)) ?? { what: "opened", at: openedAt };
  return { what: last.what, key: `${last.what}@${last.at}` };
}
