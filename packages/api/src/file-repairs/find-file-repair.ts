import type { FileRepair } from "@glasswatch/core/file-repair";
import type { FileRepairs } from "@glasswatch/core/state/file-repairs";
import { notFound } from "../http/problem-error.ts";

/** @throws ProblemError (404) */
export async function findFileRepair(
  fileRepairs: FileRepairs,
  { id: scanId, repairId }: { readonly id: string; readonly repairId: string },
): Promise<FileRepair> {
  const repair = await fileRepairs.get(scanId, repairId);
  if (!repair) throw notFound(`repair ${repairId} of scan ${scanId}`);
  return repair;
}
