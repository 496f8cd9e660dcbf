import type { FileRepair } from "@glasswatch/core/file-repair";
import { openFileRepairs } from "@glasswatch/core/state/file-repairs";
import { type FileRepairContext, putAway } from "./file-repair-steps.ts";
import { makeOnce } from "./make-once.ts";
import { verifyCopy } from "./verify-copy.ts";

/** Does with a repair what is to be done next, as it stands now. */
export async function advanceFileRepair(
  { scanId, id }: Pick<FileRepair, "scanId" | "id">,
  context: FileRepairContext,
): Promise<void> {
  const repair = await openFileRepairs(context.setup.ports.table).get(scanId, id);
  switch (repair?.status) {
    case "requested":
    case "acting":
      return await makeOnce(repair, context);
    case "verifying":
      return await verifyCopy(repair, context);
    default:
      if (repair) await putAway(repair, context.setup);
  }
}
