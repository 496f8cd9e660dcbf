import { createHash } from "node:crypto";
import type { FileRepair } from "@glasswatch/core/file-repair";
import { copyBlob, openFileRepairs } from "@glasswatch/core/state/file-repairs";
import { scanKeepDays } from "@glasswatch/core/state/scans";
import type { FileFacts } from "@glasswatch/media/packets/file-facts";
import { factsOfFile } from "../media/file-record.ts";
import { makeManifest } from "../media/make-manifest.ts";
import type { RepairOutcome } from "../media/make-repairs.ts";
import { contentTypeOf } from "./content-type.ts";
import { fileNameOf } from "./file-name.ts";
import { putManifest } from "./manifest-blob.ts";
import type { FileRepairSetup } from "./setup.ts";
import type { ScannedFile } from "./what-was-scanned.ts";

export interface MadeCopy extends Pick<ScannedFile, "scan" | "before"> {
  readonly repair: FileRepair;
  readonly file: FileFacts;
  readonly outputPath: string;
  readonly outcome: RepairOutcome;
}

/**
 * Stores a copy and its manifest.
 *
 * @returns null where somebody else makes the copy by now
 */
export async function storeCopy(made: MadeCopy, setup: FileRepairSetup) {
  const { repair, scan, before, file, outputPath, outcome } = made;
  const { table, blobs } = setup.ports;
  const fileName = fileNameOf(scan.input);
  const input = { name: fileName, path: file.path };
  const manifest = await makeManifest({ ...outcome, input, before, at: setup.now() });
  const output = await factsOfFile(fileName, outputPath);
  setup.signal.throwIfAborted();
  if ((await openFileRepairs(table).get(repair.scanId, repair.id))?.version !== repair.version) return null;
  const contentType = contentTypeOf(file);
  await blobs.putFile(copyBlob(repair), outputPath, { contentType, keepDays: scanKeepDays });
  await putManifest(repair, { ...manifest, output }, blobs);
  const { sizeBytes, sha256 } = output;
  return {
    copy: { fileName, contentType, sizeBytes, sha256 },
    copyScanId: createHash("sha256").update(`copy of ${repair.id}`).digest("hex").slice(0, 32),
  };
}
