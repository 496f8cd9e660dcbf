import { isAtLeast } from "@glasswatch/core/severity";
import { graverAt, severityAt } from "./ageing.ts";
import { type Draft, nameOf, noted, openParts, toldNow, toldSoon, withAgenda, withIncident, worstOf } from "./draft.ts";
import { earliestOf } from "./time.ts";

/** Defects that last get graver. */
export function aged(draft: Draft): Draft {
  if (draft.incident.status === "resolved") return draft;
  const parts = draft.incident.parts.map((part) => {
    const severity = part.open ? severityAt(part, draft.at) : part.severity;
    return severity === part.severity ? part : { ...part, severity };
  });
  const graver = parts.filter((part, index) => part !== draft.incident.parts[index]);
  if (graver.length === 0) return draft;
  const lines = graver.map((part) => `${nameOf(part)} lasts and is ${part.severity}`);
  return toldSoon(noted(withIncident(draft, { parts }), "changed", lines.slice(0, 3).join(", ")));
}

export function nextAgeing(draft: Draft): string | null {
  return earliestOf(openParts(draft).map(graverAt));
}

/** An incident is as severe as the worst that people were told about; one that was never but muted, as what it hides. */
export function graded(draft: Draft): Draft {
  const { incident, agenda } = draft;
  if (incident.status === "resolved") return draft;
  const heard = incident.muted ? [] : incident.parts.filter(({ mutedBy }) => mutedBy === null);
  const worst = worstOf([...(agenda.worst ? [agenda.worst] : []), ...heard.map(({ severity }) => severity)]);
  const severity = worst ?? worstOf(incident.parts.map((part) => part.severity)) ?? incident.severity;
  const next = withIncident(withAgenda(draft, { worst }), { severity });
  if (incident.version === 0 || severity === incident.severity || !isAtLeast(severity, incident.severity)) return next;
  return toldNow(noted(next, "worsened", `${severity}, was ${incident.severity}`));
}
