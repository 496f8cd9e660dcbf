import { createHash } from "node:crypto";
import { openRepairs } from "@glasswatch/core/state/repairs";
import type { Decision } from "./decide.ts";
import { firstStep } from "./repair-steps.ts";
import type { RepairSetup } from "./setup.ts";

export interface NotedRefusal {
  readonly action: string;
  readonly kind: string;
  readonly text: string;
}

/** That a repair did not begin is part of the incident's story: once for each action and reason. A person is answered. */
export async function noteRefusal(decision: Decision, { action, kind, text }: NotedRefusal, setup: RepairSetup) {
  const { incident, streamId, order, traceparent } = decision;
  if (order) return;
  const reason = `${incident.id} ${streamId} ${action} ${text.replaceAll(/\d+/g, "#")}`;
  const id = createHash("sha256").update(reason).digest("hex").slice(0, 16);
  const now = setup.now();
  const at = now.toISOString();
  await openRepairs(setup.ports.table).change(id, (known) => {
    if (known) return null;
    const repair = {
      ...({ id, incidentId: incident.id, streamId, kind, action, status: "abandoned", dryRun: false } as const),
      ...({ reversible: false, requestedBy: { via: "system", name: "policy" }, requestedAt: at } as const),
      ...{ approvedBy: null, actedAt: null, endedAt: at, verification: null, undo: null },
      ...{ log: [{ at, text: `not begun: ${text}` }], version: 1 },
    };
    return firstStep(repair, now, traceparent);
  });
}
