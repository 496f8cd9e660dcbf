import { type Draft, noted, openParts, toldNow, withAgenda, withIncident } from "./draft.ts";
import { isDue, later } from "./time.ts";

/** Nobody acknowledged it, or nothing was heard of it: then it is said again, to more people. */
export function pressed(draft: Draft): Draft {
  const { incident, agenda, at, policy } = draft;
  if (!needsPeople(draft) || openParts(draft).length === 0) return draft;
  if (isDue(agenda.escalateAt, at)) {
    const escalation = incident.escalation + 1;
    const escalated = withAgenda(withIncident(draft, { escalation }), { escalateAt: null });
    return toldNow(noted(escalated, "escalated", `nobody acknowledged it for ${policy.escalateMinutes} min`));
  }
  if (!isDue(agenda.repeatAt, at)) return draft;
  return toldNow(noted(draft, "repeated", `open, and no news for ${policy.repeatHours} h`));
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
