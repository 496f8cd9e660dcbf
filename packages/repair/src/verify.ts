import type { Repair } from "@glasswatch/core/repair";
import { conclude } from "./conclude.ts";
import { readVerdict } from "./read-verdict.ts";
import { setRepairTimer } from "./repair-timer.ts";
import { rollBack } from "./roll-back.ts";
import type { RepairSetup } from "./setup.ts";

/** Looks whether the defect is gone, and again later for as long as nobody knows. */
export async function verify(repair: Repair, traceparent: string, setup: RepairSetup): Promise<void> {
  const { id, streamId, verification } = repair;
  if (!verification) throw new TypeError(`repair ${id} is verified by nothing`);
  const { outcome, cleanSeconds } = await readVerdict(repair, verification, setup);
  const { neededSeconds } = verification;
  const seen = { verification: { ...verification, cleanSeconds } };
  if (outcome === "clean") {
    const text = `${cleanSeconds} s were analysed without ${repair.kind}`;
    return conclude(repair, { status: "succeeded", text, traceparent, change: seen }, setup);
  }
  if (outcome === "out-of-time") {
    const undone = await rollBack(repair, setup);
    const text = `not verified: ${cleanSeconds} of ${neededSeconds} s were analysed without ${repair.kind}; ${undone}`;
    return conclude(repair, { status: "failed", text, traceparent, change: seen }, setup);
  }
  const dueMs = Math.min(setup.now().getTime() + lookMs(neededSeconds), Date.parse(verification.until));
  await setRepairTimer(setup.ports.timers, { what: "repair", id, streamId, dueAt: new Date(dueMs), traceparent });
}

/** Often enough that it is not noticed, and no more: measurements come every few seconds. */
function lookMs(neededSeconds: number): number {
  return Math.min(10, Math.max(1, neededSeconds / 4)) * 1000;
}
