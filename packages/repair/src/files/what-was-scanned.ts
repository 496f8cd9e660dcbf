import { type GlasswatchError, inputError } from "@glasswatch/core/errors";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import type { Table } from "@glasswatch/core/ports/table";
import { type Profile, profileSchema } from "@glasswatch/core/profile";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { openProfiles } from "@glasswatch/core/state/profiles";
import { readScanResult } from "@glasswatch/core/state/scan-results";
import { openScans, type Scan } from "@glasswatch/core/state/scans";
import type { FileRepairSetup } from "./setup.ts";

/** What a repair goes by. */
export interface ScannedFile {
  readonly scan: Scan;
  readonly before: ScanResult;
  readonly profile: Profile;
}

/** @throws GlasswatchError with exit code 3 where any of it is kept no more */
export async function whatWasScanned(scanId: string, { table, blobs }: FileRepairSetup["ports"]): Promise<ScannedFile> {
  const scan = (await openScans(table).get(scanId))?.value;
  if (scan?.status !== "completed") throw gone("its scan is not completed: scan the file again");
  const before = await resultOf(scan, blobs);
  if (!before) throw gone("what was found is kept no more: scan the file again");
  const profile = await profileOf(scan, table);
  if (!profile) throw gone(`the profile ${scan.profile} is gone: put it again, or scan the file under another`);
  return { scan, before, profile };
}

function gone(message: string): GlasswatchError {
  return inputError("not-readable", message);
}

/** What the scan was judged by; null where it is kept no more. */
export async function profileOf({ profile: name }: Scan, table: Table): Promise<Profile | null> {
  if (name === null) return profileSchema.parse({});
  const stored = await openProfiles(table).get(name);
  return stored?.value.profile ?? null;
}

/** Null where it has none, or it is kept no more. */
export async function resultOf({ result: name }: Scan, blobs: Blobs): Promise<ScanResult | null> {
  return name === null ? null : readScanResult(blobs, name);
}
