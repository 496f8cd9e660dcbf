import type { Incident } from "@glasswatch/core/incident";
import { type Draft, noted, toldNow, withAgenda, withIncident } from "./draft.ts";
import { isDue, later } from "./time.ts";

/** Nobody acknowledged it, or nothing was heard of it: then it is said again, to more people. */
export function pressed(draft: Draft): Draft {
  const { incident, agenda, at, policy } = draft;
  if (!needsPeople(draft) || !isPressing(incident)) return draft;
  if (isDue(agenda.escalateAt, at)) {
    const escalation = incident.escalation + 1;
    const escalated = withAgenda(withIncident(draft, { escalation }), { escalateAt: null });
    return toldNow(noted(escalated, "escalated", `nobody acknowledged it for ${policy.escalateMinutes} min`));
  }
  if (!isDue(agenda.repeatAt, at)) return draft;
  return toldNow(noted(draft, "repeated", `open, and no news for ${policy.repeatHours} h`));
}

/** Whether something goes on that people are told of. */
export function isPressing({ parts }: Incident): boolean {
  return parts.some(({ open, mutedBy }) => open && mutedBy === null);
}

/** Sets when that is, for as long as somebody is needed. */
export function scheduled(draft: Draft): Draft {
  if (!needsPeople(draft)) return withAgenda(draft, { escalateAt: null, repeatAt: null });
  const { incident, agenda, at, policy, told } = draft;
  const mayEscalate = incident.escalation < policy.mostEscalations;
  const escalateAt = mayEscalate ? (agenda.escalateAt ?? later(at, policy.escalateMinutes * 60)) : null;
  const repeatAt = told || agenda.repeatAt === null ? later(at, policy.repeatHours * 3600) : agenda.repeatAt;
  return withAgenda(draft, { escalateAt, repeatAt });
}

/** Acknowledged or muted, it needs nobody. */
function needsPeople({ incident }: Draft): boolean {
  return incident.status === "open" && !incident.muted;
}
