import type { Actor } from "@glasswatch/core/actor";
import { type Draft, nameOf, noted, openParts, system, toldNow, withAgenda, withIncident } from "./draft.ts";
import { emptyAgenda } from "./open-draft.ts";
import { later } from "./time.ts";

/** It is over; whoever acknowledged it is done. What of it came back is remembered, for it may again. */
export function resolved(draft: Draft, what: "resolved" | "not-a-defect" = "resolved", by: Actor = system): Draft {
  const { at, agenda } = draft;
  const over = withIncident(draft, { status: "resolved", resolvedAt: at, acknowledged: null, flapping: false });
  const idle = withAgenda(over, { ...emptyAgenda, returns: agenda.returns, worst: agenda.worst });
  const lasting = openParts(draft).map(nameOf);
  const note = lasting.length > 0 ? `still open: ${lasting.slice(0, 3).join(", ")}` : undefined;
  return toldNow(noted(idle, what, note, by), "incident.resolved");
}

/** A person says that it is over: if its defects are still there some time later, it was not. */
export function resolvedBy(draft: Draft, by: Actor): Draft {
  const over = resolved(draft, "resolved", by);
  const { at, policy } = draft;
  return openParts(draft).length > 0 ? withAgenda(over, { confirmAt: later(at, policy.reopenMinutes * 60) }) : over;
}
