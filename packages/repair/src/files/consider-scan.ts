import { createHash } from "node:crypto";
import type { Finding } from "@glasswatch/core/finding";
import type { Profile } from "@glasswatch/core/profile";
import { openFileRepairs, requestFileRepair } from "@glasswatch/core/state/file-repairs";
import type { Scan } from "@glasswatch/core/state/scans";
import { entryOf, findingsFor, mediaActions } from "../media/actions.ts";
import type { FileRepairContext } from "./file-repair-steps.ts";
import { profileOf, resultOf } from "./what-was-scanned.ts";

/** Asks for what the policy of the scan's profile says by itself. */
export async function considerScan(scan: Scan, { setup, traceparent }: FileRepairContext): Promise<void> {
  const { table, blobs } = setup.ports;
  if (scan.status !== "completed") return;
  const profile = await profileOf(scan, table);
  const mode = profile?.repair?.mode;
  if (!profile || (mode !== "auto" && mode !== "dry-run")) return;
  const result = await resultOf(scan, blobs);
  const wanted = result ? wantedOf(profile, result.findings) : [];
  if (wanted.length === 0) return;
  await requestFileRepair(openFileRepairs(table), {
    id: createHash("sha256").update(`policy ${scan.id}`).digest("hex").slice(0, 16),
    ...{
      scan,
      wanted,
      dryRun: mode === "dry-run",
      by: { via: "system", name: "policy" },
      at: setup.now(),
      traceparent,
    },
  });
}

/** The policy's actions that something calls for; those that need approval are left to people. */
function wantedOf(profile: Profile, findings: readonly Finding[]): string[] {
  const wanted = mediaActions.filter((action) => {
    const entry = entryOf(action, profile);
    return entry && !entry.needsApproval && findingsFor(action, { profile, findings }).length > 0;
  });
  return wanted.map(({ id }) => id);
}
