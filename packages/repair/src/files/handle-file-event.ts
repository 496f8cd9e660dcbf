import type { Event } from "@glasswatch/core/events/event";
import type { FileRepairSetup } from "./setup.ts";

/**
 * Takes an event of the queue `file-repairs`. What it is about is read as it stands now, so that events may come twice and in
 * any order, and whoever handles one may be killed at any moment: then it comes again.
 */
export async function handleFileEvent(event: Event, setup: FileRepairSetup): Promise<void> {
  setup.log.info({ event: event["detail-type"], streamId: event.detail.streamId }, "taken");
}
