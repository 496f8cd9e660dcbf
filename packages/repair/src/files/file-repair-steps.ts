import type { FileRepair } from "@glasswatch/core/file-repair";
import { copyBlob, openFileRepairs } from "@glasswatch/core/state/file-repairs";
import { isOver, stepTo } from "../repair-steps.ts";
import type { FileRepairSetup } from "./setup.ts";

/** Where a repair is made, and in which trace. */
export interface FileRepairContext {
  readonly traceparent: string;
  readonly setup: FileRepairSetup;
}

/** What a repair is to become. */
export interface FileRepairChange extends Partial<FileRepair> {
  /** For people; a line of the log. */
  readonly text: string;
}

/** Changes a repair and tells it. @returns null where somebody else changed it meanwhile, and nothing was done */
export async function stepFileRepair(repair: FileRepair, change: FileRepairChange, context: FileRepairContext) {
  return write(repair, change, context, true);
}

/** As `stepFileRepair`, of what concerns nobody but who makes the repair. */
export async function noteFileRepair(repair: FileRepair, change: FileRepairChange, context: FileRepairContext) {
  return write(repair, change, context, false);
}

async function write(
  repair: FileRepair,
  { text, ...change }: FileRepairChange,
  { traceparent, setup }: FileRepairContext,
  isTold: boolean,
): Promise<FileRepair | null> {
  let isOurs = false;
  const { id, scanId, version } = repair;
  const changed = await openFileRepairs(setup.ports.table).change(scanId, id, (known) => {
    isOurs = known?.version === version;
    if (!isOurs) return null;
    const step = stepTo(repair, change, { at: setup.now(), traceparent, text });
    return isTold ? step : { ...step, events: [] };
  });
  return isOurs ? changed : null;
}

/** How a repair ends. */
export interface FileRepairEnd extends FileRepairChange {
  readonly status: "succeeded" | "failed" | "abandoned";
}

/** Ends a repair, unless somebody else changed it meanwhile. Without a copy that helped, none is kept. */
export async function endFileRepair(repair: FileRepair, end: FileRepairEnd, context: FileRepairContext): Promise<void> {
  const { setup } = context;
  const kept = end.status === "succeeded" ? {} : { copy: null };
  const ended = await stepFileRepair(repair, { ...end, ...kept, endedAt: setup.now().toISOString() }, context);
  if (!ended) return;
  await putAway(ended, setup);
  setup.log.info({ repairId: ended.id, scanId: ended.scanId, status: ended.status }, end.text);
}

/** Whoever ended it may have been killed before its copy was removed. */
export async function putAway(repair: FileRepair, { ports: { blobs } }: FileRepairSetup): Promise<void> {
  if (isOver(repair) && repair.copy === null) await blobs.remove(copyBlob(repair));
}
