import type { Event } from "@glasswatch/core/events/event";
import { handleCommand } from "./handle-command.ts";
import { handleDefect } from "./handle-defect.ts";
import { handleLook } from "./handle-look.ts";
import { handleRepair } from "./handle-repair.ts";
import { readDefect } from "./read-defect.ts";
import { type IncidentSetup, openStores } from "./stores.ts";

/** Takes an event into the incidents that it is about. Events may come twice and in any order. */
export async function handleEvent(event: Event, setup: IncidentSetup): Promise<void> {
  const stores = openStores(setup);
  switch (event["detail-type"]) {
    case "timer.due":
      return handleLook(event, stores);
    case "command.received":
      return handleCommand(event, stores);
    case "repair.requested":
    case "repair.succeeded":
    case "repair.failed":
    case "repair.abandoned":
      return handleRepair(event, stores);
    default:
      return handleDefect(() => readDefect(event, stores), event, stores);
  }
}
