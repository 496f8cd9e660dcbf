import { z } from "zod";
import { actorSchema } from "./actor.ts";

export const fileRepairStatuses = ["requested", "acting", "verifying", "succeeded", "failed", "abandoned"] as const;

/**
 * What is done about the findings of a scan: a copy of the file with all of it repaired, and a scan of that copy. The file
 * itself is only read. `version` counts its changes from 1.
 */
export const fileRepairSchema = z.object({
  id: z.string(),
  scanId: z.string(),
  /** The stream that the file belongs to, or else the scan. */
  streamId: z.string(),
  /** What was scanned, as people see it. */
  input: z.string(),
  /** Ids of the actions that may be taken; null for every one that the findings call for. */
  wanted: z.array(z.string()).min(1).nullable(),
  status: z.enum(fileRepairStatuses),
  /** Only said what would be done. */
  dryRun: z.boolean(),
  requestedBy: actorSchema,
  requestedAt: z.iso.datetime(),
  actedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** What was done, in its order; `findings` are ids of the scan's findings that called for it. */
  made: z.array(z.object({ action: z.string(), what: z.string(), findings: z.array(z.string()) })),
  /** What was called for and could not be done. */
  refusals: z.array(z.object({ action: z.string(), reason: z.string(), findings: z.array(z.string()) })),
  /** The repaired copy; null before it is made, and where it did not help and was removed. */
  copy: z
    .object({
      /** As the file was called; a copy keeps the container. */
      fileName: z.string(),
      contentType: z.string(),
      sizeBytes: z.int().nonnegative(),
      /** In hexadecimal. */
      sha256: z.string(),
    })
    .nullable(),
  /** The scan that the copy is verified by; null before there is a copy. */
  copyScanId: z.string().nullable(),
  /** What was done and what came of it, a line each, for people. */
  log: z.array(z.object({ at: z.iso.datetime(), text: z.string() })),
  version: z.int().positive(),
});

export type FileRepair = z.infer<typeof fileRepairSchema>;
