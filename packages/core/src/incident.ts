import { z } from "zod";
import { severitySchema } from "./severity.ts";

export const incidentStatuses = ["open", "acknowledged", "resolved"] as const;

/** What people are told about: findings that belong together. `version` counts its changes from 1. */
export const incidentSchema = z.object({
  id: z.string(),
  streamId: z.string(),
  status: z.enum(incidentStatuses),
  /** The worst that it has been. */
  severity: severitySchema,
  /** Kinds of defects, and `stream-failed` or `stream-stalled`, in the order in which they came. */
  kinds: z.array(z.string()),
  openedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  /** The findings that are open now. */
  openFindingIds: z.array(z.string()),
  /** How many findings it has had. */
  findings: z.int().nonnegative(),
  version: z.int().positive(),
});

export type Incident = z.infer<typeof incidentSchema>;
