import type { FileRepair } from "@glasswatch/core/file-repair";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import { copyBlob } from "@glasswatch/core/state/file-repairs";
import { openScans, queuedScan, type Scan } from "@glasswatch/core/state/scans";
import { findingsFate } from "../media/findings-fate.ts";
import { verifiedManifest } from "../media/make-manifest.ts";
import { endFileRepair, type FileRepairContext, type FileRepairEnd } from "./file-repair-steps.ts";
import { judgeCopy } from "./judge-copy.ts";
import { putManifest, readManifest } from "./manifest-blob.ts";
import { resultOf } from "./what-was-scanned.ts";

/** Has the copy scanned, as its file was; and once that is done, ends the repair by what was found. */
export async function verifyCopy(repair: FileRepair, context: FileRepairContext): Promise<void> {
  const scans = openScans(context.setup.ports.table);
  const copyScan = (await scans.get(repair.copyScanId ?? ""))?.value;
  if (!copyScan) await scanCopy(repair, context);
  else if (copyScan.finishedAt !== null)
    await endFileRepair(repair, await verdictOn(repair, copyScan, context), context);
}

async function scanCopy(repair: FileRepair, context: FileRepairContext): Promise<void> {
  const { table, blobs } = context.setup.ports;
  const scans = openScans(table);
  const original = (await scans.get(repair.scanId))?.value;
  const url = await blobs.mediaUrl(copyBlob(repair));
  if (!original || url === null || repair.copyScanId === null) {
    return endFileRepair(repair, { status: "failed", text: "the copy is kept no more, and was not verified" }, context);
  }
  const { streamId, profile, tier, groups } = original;
  const copyScan = queuedScan({
    ...{ id: repair.copyScanId, url, input: `repaired copy of ${repair.input}`, streamId, profile, tier },
    repairOf: { scanId: repair.scanId, repairId: repair.id },
    ...{ groups: Object.keys(groups), at: context.setup.now() },
  });
  await wasFirst(scans.create(copyScan));
}

async function verdictOn(repair: FileRepair, copyScan: Scan, { setup }: FileRepairContext): Promise<FileRepairEnd> {
  const { blobs } = setup.ports;
  const takenBack = (why: string) => ({ status: "failed" as const, text: `${why}; the copy is taken back` });
  if (copyScan.error) return takenBack(`the copy cannot be scanned: ${copyScan.error.message}`);
  const after = await resultOf(copyScan, blobs);
  const manifest = await readManifest(repair, blobs);
  if (!after || !manifest) return takenBack("what was found in the copy is kept no more");
  const fate = findingsFate(manifest.before, after);
  await putManifest(repair, verifiedManifest(manifest, after, fate), blobs);
  const { hasHelped, text } = judgeCopy(repair, { before: manifest.before, after, fate });
  return hasHelped ? { status: "succeeded", text } : takenBack(text);
}
