import type { Event } from "@glasswatch/core/events/event";
import { openScans } from "@glasswatch/core/state/scans";
import { advanceFileRepair } from "./advance-file-repair.ts";
import { considerScan } from "./consider-scan.ts";
import type { FileRepairContext } from "./file-repair-steps.ts";
import type { FileRepairSetup } from "./setup.ts";

/**
 * Takes an event of the queue `file-repairs`. What it is about is read as it stands now, so that events may come twice and in
 * any order, and whoever handles one may be killed at any moment: then it comes again.
 */
export async function handleFileEvent(event: Event, setup: FileRepairSetup): Promise<void> {
  const context = { traceparent: event.detail.traceparent, setup };
  switch (event["detail-type"]) {
    case "scan.completed":
    case "scan.failed":
      return await scanEnded(event.detail.data.scanId, context);
    case "repair.requested": {
      const { data } = event.detail;
      if ("scanId" in data) await advanceFileRepair(data, context);
    }
  }
}

async function scanEnded(scanId: string, context: FileRepairContext): Promise<void> {
  const scan = (await openScans(context.setup.ports.table).get(scanId))?.value;
  if (!scan) return;
  if (scan.repairOf) await advanceFileRepair({ scanId: scan.repairOf.scanId, id: scan.repairOf.repairId }, context);
  else await considerScan(scan, context);
}
