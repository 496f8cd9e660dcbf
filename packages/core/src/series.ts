import { z } from "zod";

/** A measurement over time, in equal steps; steps without media hold null. For plots and for baselines. */
export const seriesSchema = z.object({
  name: z.string(),
  unit: z.string(),
  media: z.enum(["video", "audio"]),
  track: z.int().nonnegative(),
  /** Seconds per step; the first step starts at 0. */
  stepSeconds: z.number().positive(),
  minimum: z.array(z.number().nullable()),
  maximum: z.array(z.number().nullable()),
});

export type Series = z.infer<typeof seriesSchema>;
