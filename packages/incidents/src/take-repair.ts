import type { IncidentChange } from "@glasswatch/core/incident";
import { type Repair, repairStatuses } from "@glasswatch/core/repair";
import { type Draft, noted, toldNow, toldSoon, withIncident } from "./draft.ts";

const ends: Partial<Record<Repair["status"], IncidentChange["what"]>> = {
  succeeded: "repair-succeeded",
  failed: "repair-failed",
  abandoned: "repair-abandoned",
};

const mostRepairs = 20;

/** What is done about the incident. An older step of a repair than the one that is known changes nothing. */
export function takeRepair(draft: Draft, { id, action, status, dryRun, requestedBy, log }: Repair): Draft {
  const { repairs } = draft.incident;
  const known = repairs.find((repair) => repair.id === id);
  if (known && repairStatuses.indexOf(known.status) >= repairStatuses.indexOf(status)) return draft;
  const others = repairs.filter((repair) => repair !== known);
  const next = withIncident(draft, { repairs: [...others, { id, action, status }].slice(-mostRepairs) });
  const end = ends[status];
  const name = dryRun ? `${action} (dry run)` : action;
  if (end) return toldNow(noted(next, end, join(name, log.at(-1)?.text)));
  if (known) return toldSoon(noted(next, "changed", `${name}: ${status}`));
  const isWaiting = status === "awaiting-approval";
  return toldNow(noted(next, "repair-requested", isWaiting ? `${name}, if a person approves` : name, requestedBy));
}

function join(name: string, said: string | undefined): string {
  return said ? `${name}: ${said}` : name;
}
