import { z } from "zod";
import { measurementSchema, subjectSchema } from "./finding.ts";
import { severitySchema } from "./severity.ts";

/**
 * What a person said about a finding. Marks are kept in the order in which they were made, and the last one about a finding
 * counts. Each tells what was measured, so that it is of use without the scan that it came from.
 */
export const markSchema = z.object({
  schemaVersion: z.literal(1),
  findingId: z.string(),
  verdict: z.enum(["not-a-defect"]),
  note: z.string().optional(),
  /** RFC 3339, UTC. */
  markedAt: z.iso.datetime(),
  input: z.string(),
  kind: z.string(),
  subject: subjectSchema,
  startSeconds: z.number(),
  endSeconds: z.number().nullable(),
  severity: severitySchema,
  measurements: z.array(measurementSchema),
});

export type Mark = z.infer<typeof markSchema>;
