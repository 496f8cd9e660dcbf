import type { Blobs } from "@glasswatch/core/ports/blobs";
import type { Table } from "@glasswatch/core/ports/table";
import { type Profile, profileSchema } from "@glasswatch/core/profile";
import { type ScanResult, scanResultSchema } from "@glasswatch/core/scan-result";
import { openProfiles } from "@glasswatch/core/state/profiles";
import type { Scan } from "@glasswatch/core/state/scans";

/** What the scan was judged by; null where its profile is there no more. */
export async function profileOf({ profile: name }: Scan, table: Table): Promise<Profile | null> {
  if (name === null) return profileSchema.parse({});
  const stored = await openProfiles(table).get(name);
  return stored?.value.profile ?? null;
}

/** Null where it has none, or it is kept no more. */
export async function resultOf({ result: name }: Scan, blobs: Blobs): Promise<ScanResult | null> {
  const blob = name === null ? null : await blobs.get(name);
  return blob && scanResultSchema.parse(JSON.parse(new TextDecoder().decode(blob.bytes)));
}
