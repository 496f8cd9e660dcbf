import type { Incident } from "@glasswatch/core/incident";
import type { Repair } from "@glasswatch/core/repair";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openRepairAttempts, type RepairAttempt } from "@glasswatch/core/state/repair-attempts";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { isOver } from "./repair-steps.ts";
import type { RepairSetup } from "./setup.ts";

/** Longer than a message waits for its next try: an attempt that nobody made a repair of by then counts no more. */
const unbegunMs = 10 * 60_000;

/** All attempts, those whose repair is over marked as such: whoever ended it may have been killed before noting that here. */
export async function settledAttempts({ ports: { table }, now }: RepairSetup): Promise<readonly RepairAttempt[]> {
  const attempts = openRepairAttempts(table);
  const repairs = openRepairs(table);
  const known = await attempts.list();
  const open = known.filter(({ endedAt }) => endedAt === null);
  const states = await Promise.all(
    open.map(async (attempt) => ({ attempt, repair: await repairs.get(attempt.repairId) })),
  );
  const endings = states.flatMap(({ attempt, repair }): [string, string][] => {
    if (repair) return isOver(repair) ? [[attempt.repairId, repair.endedAt ?? attempt.at]] : [];
    return now().getTime() - Date.parse(attempt.at) > unbegunMs ? [[attempt.repairId, attempt.at]] : [];
  });
  if (endings.length === 0) return known;
  const byId = new Map(endings);
  await attempts.settle(byId);
  return known.map((attempt) => ({ ...attempt, endedAt: attempt.endedAt ?? byId.get(attempt.repairId) ?? null }));
}

/** What did not help within that time is not what helps now, whichever incident it was for. */
const failureMs = 3_600_000;

/**
 * What was done about a stream since its incident was opened last, and what failed a short while ago; since the last that
 * helped, the oldest first.
 */
export async function attemptsOf(
  incident: Incident,
  streamId: string,
  known: readonly RepairAttempt[],
  { ports: { table }, now }: RepairSetup,
): Promise<readonly Repair[]> {
  const opened = incident.history.findLast(({ what }) => what === "reopened")?.at ?? incident.openedAt;
  const recent = new Date(now().getTime() - failureMs).toISOString();
  const own = known.filter((attempt) => attempt.streamId === streamId);
  const rows = await Promise.all(
    own
      .filter(({ incidentId, at }) => (incidentId === incident.id && at >= opened) || at >= recent)
      .map(({ repairId }) => openRepairs(table).get(repairId)),
  );
  const repairs = rows.filter((repair) => repair !== null);
  return repairs
    .slice(repairs.findLastIndex(({ status }) => status === "succeeded") + 1)
    .filter(({ incidentId, requestedAt, status }) => {
      return status === "failed" || (incidentId === incident.id && requestedAt >= opened);
    });
}

/** The same, of a repair's own incident and stream. */
export async function attemptsOfRepair(
  { incidentId, streamId }: Repair,
  setup: RepairSetup,
): Promise<readonly Repair[]> {
  const incident = await openIncidents(setup.ports.table).get(incidentId);
  const known = await openRepairAttempts(setup.ports.table).list();
  return incident ? attemptsOf(incident, streamId, known, setup) : [];
}
