import type { Incident } from "@glasswatch/core/incident";
import { type Draft, noted, openParts, toldNow, withAgenda, withIncident } from "./draft.ts";
import { resolved } from "./resolve.ts";
import { isDue, later } from "./time.ts";

/**
 * What is over is resolved when it stays so: at once where a repair proved it, and not while one is still about to. What
 * comes and goes is said to, once, and has to be quiet for longer.
 *
 * @param before how it was; null where there was no incident
 */
export function settled(draft: Draft, before: Incident | null): Draft {
  const { incident, agenda, policy, at } = draft;
  if (incident.status === "resolved") return draft;
  if (before && movesOf(before) === movesOf(incident)) return draft;
  const steadyAt = later(at, policy.flapMinutes * 60);
  if (incident.flapping) return withAgenda(draft, { steadyAt });
  if (agenda.returns.length >= policy.flapReturns) {
    const note = `came back ${agenda.returns.length} times within ${policy.flapMinutes} min`;
    const flapping = withAgenda(withIncident(draft, { flapping: true }), { steadyAt, settleAt: null, tellAt: null });
    return toldNow(noted(flapping, "flapping", note));
  }
  if (openParts(draft).length > 0 || incident.repairs.some(isUnderWay)) return withAgenda(draft, { settleAt: null });
  if (incident.repairs.at(-1)?.status === "succeeded") return withAgenda(draft, { settleAt: at });
  return withAgenda(draft, { settleAt: agenda.settleAt ?? later(at, policy.settleSeconds) });
}

function movesOf({ parts, repairs }: Incident): string {
  return [...parts.map(({ id, open }) => `${id} ${open}`), ...repairs.map((repair) => isUnderWay(repair))].join();
}

function isUnderWay({ status }: Incident["repairs"][number]): boolean {
  return status === "requested" || status === "acting" || status === "verifying";
}

/** When the quiet has lasted. */
export function ended(draft: Draft): Draft {
  const { incident, agenda, at, policy } = draft;
  if (incident.status === "resolved") return draft;
  const isQuiet = openParts(draft).length === 0;
  if (isDue(agenda.steadyAt, at)) {
    const calm = withAgenda(withIncident(draft, { flapping: false }), { steadyAt: null, returns: [] });
    const steady = noted(calm, "steady", `nothing came or went for ${policy.flapMinutes} min`);
    return isQuiet ? resolved(steady) : toldNow(steady);
  }
  return isQuiet && isDue(agenda.settleAt, at) ? resolved(draft) : draft;
}
