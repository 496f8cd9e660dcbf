import type { Actor } from "@glasswatch/core/actor";
import { type Draft, noted, toldNow, withIncident } from "./draft.ts";
import { isDue, later } from "./time.ts";
import { clock } from "./words.ts";

/** Somebody is at it: nobody else is pressed, until it is resolved or the time is over. */
export function acknowledged(draft: Draft, by: Actor, minutes = draft.policy.acknowledgeMinutes): Draft {
  const { at } = draft;
  const until = later(at, minutes * 60);
  const next = withIncident(draft, { status: "acknowledged", acknowledged: { at, by, until } });
  return toldNow(noted(next, "acknowledged", `until ${clock(until, new Date(at))}`, by), "incident.acknowledged");
}

export function acknowledgementExpired(draft: Draft): Draft {
  const { acknowledged: held } = draft.incident;
  if (!held || !isDue(held.until, draft.at)) return draft;
  const next = withIncident(draft, { status: "open", acknowledged: null });
  return toldNow(noted(next, "acknowledgement-expired", `of ${held.by.name}`));
}
