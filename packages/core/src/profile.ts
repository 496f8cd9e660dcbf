import { z } from "zod";
import type { Finding } from "./finding.ts";
import { repairPolicySchema } from "./repair.ts";
import { severitySchema } from "./severity.ts";

/** What a profile may say about one detector; `options` is checked against the detector's own schema. */
export const detectorSettingsSchema = z.strictObject({
  enabled: z.boolean().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  /** Replaces the severity that the detector would give. */
  severity: severitySchema.optional(),
});

export const timeRangeSchema = z
  .strictObject({ fromSeconds: z.number().nonnegative(), toSeconds: z.number().positive() })
  .refine((range) => range.toSeconds > range.fromSeconds, { error: "toSeconds must be after fromSeconds" });

export type TimeRange = z.infer<typeof timeRangeSchema>;

/** An open finding is ignored for as long as nothing of it is known to lie outside; it has to close to be judged whole. */
export function isIgnored(
  { startSeconds, endSeconds }: Pick<Finding, "startSeconds" | "endSeconds">,
  ignore: readonly TimeRange[],
): boolean {
  return ignore.some((range) => startSeconds >= range.fromSeconds && (endSeconds ?? startSeconds) <= range.toSeconds);
}

/**
 * How a channel or a delivery is to be judged. Data, never code. Names under `detectors` and `expect` are those of the
 * registry, which refuses others.
 */
export const profileSchema = z.strictObject({
  detectors: z.record(z.string(), detectorSettingsSchema).default({}),
  /** Findings wholly inside one of these spans are left out. */
  ignore: z.array(timeRangeSchema).default([]),
  expect: z.record(z.string(), z.unknown()).default({}),
  /** What is done about defects of a stream that has this profile. */
  repair: repairPolicySchema.optional(),
});

export type Profile = z.infer<typeof profileSchema>;
