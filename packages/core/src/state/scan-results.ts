import type { Blobs } from "../ports/blobs.ts";
import { type ScanResult, scanResultSchema } from "../scan-result.ts";

/** What a scan, or a group's part of it, came to. @returns null where the blob is kept no more */
export async function readScanResult(blobs: Blobs, name: string): Promise<ScanResult | null> {
  const blob = await blobs.get(name);
  return blob && scanResultSchema.parse(JSON.parse(new TextDecoder().decode(blob.bytes)));
}
