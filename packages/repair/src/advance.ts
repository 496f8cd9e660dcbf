import type { Repair } from "@glasswatch/core/repair";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { act } from "./act.ts";
import { openKinds } from "./choose-action.ts";
import { conclude } from "./conclude.ts";
import { setRepairTimer } from "./repair-timer.ts";
import type { RepairSetup } from "./setup.ts";
import { verify } from "./verify.ts";

/** Nobody said yes: by then the picture is another. */
export const approvalMinutes = 30;

/**
 * Does with a repair what is to be done next, as it stands now: called by every event of it and by its timer, in any order,
 * and again.
 */
export async function advance(repairId: string, traceparent: string, setup: RepairSetup): Promise<void> {
  const repair = await openRepairs(setup.ports.table).get(repairId);
  if (!repair) return;
  switch (repair.status) {
    case "awaiting-approval":
      return await awaitApproval(repair, traceparent, setup);
    case "requested": {
      const gone = await wentByItself(repair, setup);
      if (gone !== null) return await conclude(repair, { status: "abandoned", text: gone, traceparent }, setup);
      return await act(repair, traceparent, setup);
    }
    case "acting":
      return await act(repair, traceparent, setup);
    case "verifying":
      return await verify(repair, traceparent, setup);
    default:
      // Whoever ended it may have been killed before all was put away.
      return await conclude(repair, null, setup);
  }
}

async function awaitApproval(repair: Repair, traceparent: string, setup: RepairSetup): Promise<void> {
  const dueAt = new Date(Date.parse(repair.requestedAt) + approvalMinutes * 60_000);
  const incident = await openIncidents(setup.ports.table).get(repair.incidentId);
  if (incident?.status === "resolved") {
    return conclude(repair, { status: "abandoned", text: "the incident is over", traceparent }, setup);
  }
  if (dueAt <= setup.now()) {
    const text = `nobody approved it within ${approvalMinutes} min`;
    return conclude(repair, { status: "abandoned", text, traceparent }, setup);
  }
  const { id, streamId } = repair;
  await setRepairTimer(setup.ports.timers, { what: "repair", id, streamId, dueAt, traceparent });
}

async function wentByItself({ incidentId, streamId, kind }: Repair, setup: RepairSetup): Promise<string | null> {
  const incident = await openIncidents(setup.ports.table).get(incidentId);
  if (!incident || incident.status === "resolved") return "the incident is over";
  return openKinds(incident, streamId).includes(kind) ? null : `${kind} is over, or muted`;
}
