import { z } from "zod";
import { severitySchema } from "./severity.ts";

/** What a finding is about: a video or audio track of the input, numbered from 0 per medium, and perhaps one channel of it. */
export const subjectSchema = z.object({
  media: z.enum(["video", "audio"]),
  track: z.int().nonnegative(),
  channel: z.int().nonnegative().optional(),
});

export type Subject = z.infer<typeof subjectSchema>;

export const measurementSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  /** The value at which the defect begins, where there is one. */
  threshold: z.number().optional(),
});

export type Measurement = z.infer<typeof measurementSchema>;

/** A part of the picture, as shares (0 to 1) of its width and height from the top left. */
export const areaSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

export type Area = z.infer<typeof areaSchema>;

/** One defect over a span of time. It opens, may be updated, and closes; `revision` counts these steps from 1. */
export const findingSchema = z.object({
  id: z.string(),
  /** The id of the detector that found it, which is the name of the defect. */
  kind: z.string(),
  subject: subjectSchema,
  /** Seconds since the input's earliest presented timestamp. */
  startSeconds: z.number(),
  /** Null while the defect lasts. */
  endSeconds: z.number().nullable(),
  severity: severitySchema,
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
  measurements: z.array(measurementSchema),
  area: areaSchema.optional(),
  evidence: z.array(z.object({ role: z.enum(["before", "during", "after", "clip"]), uri: z.string() })).optional(),
  revision: z.int().positive(),
});

export type Finding = z.infer<typeof findingSchema>;
