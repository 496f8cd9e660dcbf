import type { Actor } from "@glasswatch/core/actor";
import type { Incident, IncidentChange, IncidentPart } from "@glasswatch/core/incident";
import { isAtLeast, type Severity } from "@glasswatch/core/severity";
import type { IncidentAgenda } from "@glasswatch/core/state/incident-agenda";
import type { IncidentPolicy } from "./policy.ts";
import { later } from "./time.ts";

export type IncidentNews = "incident.opened" | "incident.updated" | "incident.acknowledged" | "incident.resolved";

/** An incident on its way from one version to the next. */
export interface Draft {
  readonly incident: Incident;
  readonly agenda: IncidentAgenda;
  /** The moment of the change. */
  readonly at: string;
  readonly policy: IncidentPolicy;
  /** What the change is told as; null where nothing is told of it now. */
  readonly told: IncidentNews | null;
}

export const system: Actor = { via: "system", name: "glasswatch" };

/** What opens an incident, what reopens one, and what people have to be told of. */
export const pagesFrom: Severity = "major";

const mostLines = 200;

/** Adds a line to the audit trail. */
export function noted(draft: Draft, what: IncidentChange["what"], note?: string, by: Actor = system): Draft {
  const lines = [...draft.incident.history, { at: draft.at, what, by, ...(note !== undefined && { note }) }];
  const further = Math.max(0, lines.length - mostLines);
  const { furtherHistory } = draft.incident;
  return withIncident(draft, { history: lines.slice(further), furtherHistory: furtherHistory + further });
}

export function withIncident(draft: Draft, change: Partial<Incident>): Draft {
  return { ...draft, incident: { ...draft.incident, ...change } };
}

export function withAgenda(draft: Draft, change: Partial<IncidentAgenda>): Draft {
  return { ...draft, agenda: { ...draft.agenda, ...change } };
}

/** What an incident's opening or end is told as stays that, whatever else is told with it. */
export function toldNow(draft: Draft, news: IncidentNews = "incident.updated"): Draft {
  return { ...draft, told: draft.told && news === "incident.updated" ? draft.told : news };
}

/** With whatever else comes soon. That defects of a flapping incident come and go was told. */
export function toldSoon(draft: Draft): Draft {
  if (draft.incident.flapping || draft.agenda.tellAt !== null) return draft;
  return withAgenda(draft, { tellAt: later(draft.at, draft.policy.groupSeconds) });
}

export function openParts({ incident }: Pick<Draft, "incident">): readonly IncidentPart[] {
  return incident.parts.filter(({ open }) => open);
}

/** Whether somebody would be told of this defect for its own sake. */
export function isPaging({ open, severity, mutedBy }: IncidentPart): boolean {
  return open && mutedBy === null && isAtLeast(severity, pagesFrom);
}

export function worstOf(severities: readonly Severity[]): Severity | null {
  return severities.reduce<Severity | null>(
    (worst, each) => (worst === null || isAtLeast(each, worst) ? each : worst),
    null,
  );
}

/** As people say it: `black-picture of channel-5`. */
export function nameOf({ kind, streamId }: Pick<IncidentPart, "kind" | "streamId">): string {
  return `${kind} of ${streamId}`;
}
