import { z } from "zod";
import { severitySchema } from "./severity.ts";

export const incidentStatuses = ["open", "acknowledged", "resolved"] as const;

/** One of the defects that an incident is about. */
export const incidentPartSchema = z.object({
  /** Of the finding; `state/GROUP` for what is wrong with the stream itself. */
  id: z.string(),
  /** The kind of defect; `stream-failed` or `stream-stalled` for the stream itself. */
  kind: z.string(),
  severity: severitySchema,
  open: z.boolean(),
});

export type IncidentPart = z.infer<typeof incidentPartSchema>;

/** What people are told about: defects of one stream that belong together. `version` counts its changes from 1. */
export const incidentSchema = z.object({
  id: z.string(),
  streamId: z.string(),
  status: z.enum(incidentStatuses),
  /** The worst that it has been. */
  severity: severitySchema,
  openedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  /** In the order in which they came; the first 200 of them. */
  parts: z.array(incidentPartSchema),
  /** Defects left out of `parts`. */
  furtherParts: z.int().nonnegative(),
  version: z.int().positive(),
});

export type Incident = z.infer<typeof incidentSchema>;
