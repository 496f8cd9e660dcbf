import type { Event } from "@glasswatch/core/events/event";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openRepairAttempts } from "@glasswatch/core/state/repair-attempts";
import { advance } from "./advance.ts";
import { answerCommand } from "./answer-command.ts";
import { decide } from "./decide.ts";
import type { RepairSetup } from "./setup.ts";

/**
 * Takes an event of the queue `repair`. What it is about is read as it stands now, so that events may come twice and in any
 * order, and whoever handles one may be killed at any moment: then it comes again.
 */
export async function handleEvent(event: Event, setup: RepairSetup): Promise<void> {
  const { traceparent } = event.detail;
  switch (event["detail-type"]) {
    case "incident.opened":
    case "incident.updated":
    case "incident.resolved":
      return considerIncident(event.detail.data.id, traceparent, setup);
    case "repair.requested": {
      const { data } = event.detail;
      return "incidentId" in data ? advance(data.id, traceparent, setup) : undefined;
    }
    case "command.received":
      return answerCommand(event.detail.data, traceparent, setup);
    case "timer.due": {
      const { owner, id, what } = event.detail.data;
      if (owner !== "repair") return;
      return what === "incident" ? considerIncident(id, traceparent, setup) : advance(id, traceparent, setup);
    }
  }
}

async function considerIncident(id: string, traceparent: string, setup: RepairSetup): Promise<void> {
  const incident = await openIncidents(setup.ports.table).get(id);
  if (!incident) return;
  if (incident.status === "resolved") return abandonWaiting(id, traceparent, setup);
  if (incident.muted) return;
  for (const streamId of incident.streamIds) await decide({ incident, streamId, traceparent }, setup);
}

/** What waits for a person does not wait for an incident that is over. */
async function abandonWaiting(incidentId: string, traceparent: string, setup: RepairSetup): Promise<void> {
  const attempts = await openRepairAttempts(setup.ports.table).list();
  const waiting = attempts.filter((attempt) => attempt.incidentId === incidentId && attempt.endedAt === null);
  for (const { repairId } of waiting) await advance(repairId, traceparent, setup);
}
