import type { Incident, IncidentChange } from "@glasswatch/core/incident";
import { isLoud } from "../news.ts";

/** A state of an incident that is told once to each person. */
export interface IncidentNews {
  /** The same state has the same key, whichever event of the incident leads to it. */
  readonly key: string;
  readonly what: IncidentChange["what"];
}

/**
 * What there is to tell of an incident as it stands now, so that events may come twice and in any order; null where it is
 * over, or somebody is at it, or nobody is to be told. Its other changes are for channels that can edit what they said.
 */
export function newsOf(incident: Incident): IncidentNews | null {
  const { status, muted, history, openedAt } = incident;
  if (status !== "open" || muted) return null;
  const last = history.findLast((change) => isLoud({ incident, change })) ?? { what: "opened", at: openedAt };
  return { what: last.what, key: `${last.what}@${last.at}` };
}
