import type { Repair } from "@glasswatch/core/repair";
import type { Stream } from "@glasswatch/core/state/streams";

/** What a program of the owner's is told of what it is to repair. Addresses may hold credentials, and stay here. */
export function requestOf({ id, incidentId, kind, requestedAt }: Repair, { id: streamId, name, labels }: Stream) {
  return { schemaVersion: 1, repairId: id, incidentId, kind, requestedAt, stream: { id: streamId, name, labels } };
}
