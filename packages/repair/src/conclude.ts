import type { Repair } from "@glasswatch/core/repair";
import { openRepairAttempts } from "@glasswatch/core/state/repair-attempts";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { isOver, stepTo } from "./repair-steps.ts";
import { cancelRepairTimer } from "./repair-timer.ts";
import type { RepairSetup } from "./setup.ts";
import { leaveResult } from "./verification-stream.ts";

export interface Ending {
  readonly status: "succeeded" | "failed" | "abandoned";
  readonly text: string;
  readonly traceparent: string;
  readonly change?: Partial<Repair>;
}

/**
 * Ends a repair, unless somebody changed it meanwhile, and puts away what it needed.
 *
 * @param ending null where it is over, and only the putting away may be left
 */
export async function conclude(repair: Repair, ending: Ending | null, setup: RepairSetup): Promise<void> {
  const { table, timers } = setup.ports;
  const at = setup.now();
  const latest = await openRepairs(table).change(repair.id, (known) => {
    if (!ending || known?.version !== repair.version) return null;
    const { status, text, traceparent, change } = ending;
    return stepTo(repair, { ...change, status, endedAt: at.toISOString() }, { at, traceparent, text });
  });
  if (!latest || !isOver(latest)) return;
  const { id, endedAt } = latest;
  await leaveResult(latest, table);
  await cancelRepairTimer(timers, { what: "repair", id });
  await openRepairAttempts(table).settle(new Map([[id, endedAt ?? at.toISOString()]]));
  if (ending) setup.log.info({ repairId: id, status: latest.status, streamId: latest.streamId }, ending.text);
}
