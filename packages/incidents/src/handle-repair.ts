import type { EventOf } from "@glasswatch/core/events/event";
import { changeIncident } from "./change-incident.ts";
import type { Stores } from "./stores.ts";

type RepairEvent = EventOf<"repair.requested" | "repair.succeeded" | "repair.failed" | "repair.abandoned">;

/** Takes a repair, as it stands now, into the audit trail of its incident. */
export async function handleRepair(event: RepairEvent, stores: Stores): Promise<void> {
  const { data } = event.detail;
  if (!("incidentId" in data)) return;
  const repair = (await stores.repairs.get(data.id)) ?? data;
  const incident = await stores.incidents.get(repair.incidentId);
  if (incident) await changeIncident(incident, { type: "repair", repair }, event, stores);
}
