import type { IncidentPart } from "@glasswatch/core/incident";
import { isAtLeast } from "@glasswatch/core/severity";
import type { IncidentAgenda } from "@glasswatch/core/state/incident-agenda";
import { severityAt } from "./ageing.ts";
import { type Draft, nameOf, noted, pagesFrom, toldNow } from "./draft.ts";
import type { Defect } from "./happening.ts";
import type { IncidentPolicy } from "./policy.ts";

/** What an incident is called, before there is one. */
export interface IncidentName {
  readonly id: string;
  readonly number: number;
  readonly key: string;
}

export const emptyAgenda: IncidentAgenda = {
  ...{ tellAt: null, settleAt: null, steadyAt: null, escalateAt: null, repeatAt: null, recheckAt: null },
  ...{ confirmAt: null, ringsAt: null, returns: [], worst: null },
};

/** Whether a defect is grave enough for people to be told, at that moment. */
export function opensIncident(defect: Defect, at: string): boolean {
  return isAtLeast(severityAt(defect, at), pagesFrom);
}

/** The incident of a defect that nothing of its kind is open for. One that is over already is told as well. */
export function openDraft(name: IncidentName, defect: Defect, at: string, policy: IncidentPolicy): Draft | null {
  if (!opensIncident(defect, at)) return null;
  const severity = severityAt(defect, at);
  const part: IncidentPart = { ...defect, severity, mutedBy: null };
  const { streamId } = defect;
  const draft: Draft = {
    ...{ at, policy, agenda: emptyAgenda, told: null },
    incident: {
      ...{ ...name, streamId, streamIds: [streamId], status: "open", severity, openedAt: defect.since },
      ...{ resolvedAt: null, acknowledged: null, muted: false, flapping: false, escalation: 0, repairs: [] },
      ...{ parts: [part], furtherParts: 0, history: [], furtherHistory: 0, version: 0 },
    },
  };
  return toldNow(noted(draft, "opened", nameOf(part)), "incident.opened");
}
