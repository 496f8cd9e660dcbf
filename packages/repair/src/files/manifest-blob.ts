import type { FileRepair } from "@glasswatch/core/file-repair";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import { manifestBlob } from "@glasswatch/core/state/file-repairs";
import { scanKeepDays } from "@glasswatch/core/state/scans";
import { type Manifest, manifestSchema } from "../media/manifest.ts";

export async function putManifest(repair: FileRepair, manifest: Manifest, blobs: Blobs): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  await blobs.put(manifestBlob(repair), bytes, { contentType: "application/json", keepDays: scanKeepDays });
}

/** Null where it is kept no more. */
export async function readManifest(repair: FileRepair, blobs: Blobs): Promise<Manifest | null> {
  const blob = await blobs.get(manifestBlob(repair));
  return blob && manifestSchema.parse(JSON.parse(new TextDecoder().decode(blob.bytes)));
}
