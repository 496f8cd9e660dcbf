import { z } from "zod";

/** From the least to the most severe. */
export const severities = ["info", "minor", "major", "critical"] as const;

export const severitySchema = z.enum(severities);

export type Severity = z.infer<typeof severitySchema>;

/** Whether `severity` is as severe as `floor`, or more. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(floor);
}
