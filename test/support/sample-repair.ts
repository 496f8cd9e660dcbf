import type { Repair } from "@glasswatch/core/repair";

const at = "2030-01-01T00:00:00.000Z";

/** A repair, as far as a test does not say otherwise: requested a moment ago. */
export function sampleRepair(repair: Partial<Repair> = {}): Repair {
  return {
    ...{ id: "r1", incidentId: "i1", streamId: "channel-5", kind: "frozen-picture", action: "switch-source" },
    ...{ status: "requested", dryRun: false, reversible: true, requestedBy: { via: "system", name: "policy" } },
    ...{ requestedAt: at, approvedBy: null, actedAt: null, endedAt: null, verification: null, undo: null },
    ...{ log: [], version: 1 },
    ...repair,
  };
}
