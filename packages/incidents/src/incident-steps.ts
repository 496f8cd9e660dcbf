import type { Incident, IncidentPart } from "@glasswatch/core/incident";
import { isAtLeast, type Severity } from "@glasswatch/core/severity";

/** What opens an incident. */
const opensFrom: Severity = "major";

/** What joins an incident that is open. */
const joinsFrom: Severity = "minor";

/** Where there are more, the oldest of those that are over make room. */
const mostParts = 200;

export interface IncidentStep {
  readonly detailType: "incident.opened" | "incident.updated" | "incident.resolved";
  readonly incident: Incident;
}

export interface IncidentFacts {
  /** Of the incident that is opened, if one is. */
  readonly id: string;
  readonly number: number;
  readonly key: string;
  readonly streamId: string;
  readonly at: string;
}

/**
 * What a defect, as it stands now, makes of a stream's incident. The same again changes nothing, and in which order defects
 * come does not matter to what is open in the end.
 *
 * @param incident null where the stream has none that is open
 */
export function stepsOf(incident: Incident | null, part: IncidentPart, facts: IncidentFacts): readonly IncidentStep[] {
  if (!incident) return isAtLeast(part.severity, opensFrom) ? stepsOfNew(part, facts) : [];
  const known = incident.parts.find(({ id }) => id === part.id);
  const isNews = known ? known.open !== part.open || known.severity !== part.severity : joins(part);
  return isNews ? [nextStep(incident, part, facts)] : [];
}

/** A defect that is over already is told as well. */
function stepsOfNew(part: IncidentPart, facts: IncidentFacts): readonly IncidentStep[] {
  const { id, number, key, streamId, at: openedAt } = facts;
  const incident: Incident = {
    ...{ id, number, key, streamId, streamIds: [streamId], status: "open", severity: part.severity, openedAt },
    ...{ resolvedAt: null, acknowledged: null, muted: false, flapping: false, escalation: 0, repairs: [] },
    ...{ parts: [{ ...part, open: true }], furtherParts: 0, version: 1 },
    ...{ history: [{ at: openedAt, what: "opened", by: { via: "system", name: "glasswatch" } }], furtherHistory: 0 },
  };
  const opened = { detailType: "incident.opened", incident } as const;
  return part.open ? [opened] : [opened, nextStep(incident, part, facts)];
}

function nextStep(incident: Incident, part: IncidentPart, { at }: IncidentFacts): IncidentStep {
  const next: Incident = {
    ...incident,
    ...partsWith(incident, part),
    severity: isAtLeast(part.severity, incident.severity) ? part.severity : incident.severity,
    version: incident.version + 1,
  };
  if (next.parts.some(({ open }) => open)) return { detailType: "incident.updated", incident: next };
  return { detailType: "incident.resolved", incident: { ...next, status: "resolved", resolvedAt: at } };
}

function partsWith({ parts, furtherParts }: Incident, part: IncidentPart): Pick<Incident, "parts" | "furtherParts"> {
  const index = parts.findIndex(({ id }) => id === part.id);
  if (index >= 0) return { parts: parts.with(index, part), furtherParts };
  if (parts.length < mostParts) return { parts: [...parts, part], furtherParts };
  const over = parts.findIndex(({ open }) => !open);
  const kept = over < 0 ? parts : [...parts.toSpliced(over, 1), part];
  return { parts: kept, furtherParts: furtherParts + 1 };
}

function joins({ open, severity }: IncidentPart): boolean {
  return open && isAtLeast(severity, joinsFrom);
}
