import { z } from "zod";
import { tiers } from "../tier.ts";
import { defineEvent } from "./define-event.ts";

const levelSchema = z.object({
  name: z.string(),
  unit: z.string(),
  media: z.enum(["video", "audio"]),
  track: z.int().nonnegative(),
  minimum: z.number(),
  mean: z.number(),
  maximum: z.number(),
});

/** A measurement of the media over the time since the one before. */
export type MeasuredLevel = z.infer<typeof levelSchema>;

/** How a stream fared over the last seconds. Not a step in anything: one that is lost is lost. */
export const streamMeasured = defineEvent(
  "stream.measured",
  z.object({
    /** As the user named it; credentials in a URL are masked. */
    input: z.string(),
    /** Where the stream is, in its own time. */
    positionSeconds: z.number().nonnegative(),
    /** How long it was measured. */
    wallSeconds: z.number().nonnegative(),
    /** Media that was analysed in that time; left out by what knows nothing of it. */
    mediaSeconds: z.number().nonnegative().optional(),
    tier: z.enum(tiers),
    /** The largest. */
    lagSeconds: z.number().nonnegative(),
    /** Left out of the analysis, sound included. */
    skippedSeconds: z.number().nonnegative(),
    /** Processor time per wall time, 1 being a core. */
    busyShare: z.number().nonnegative(),
    levels: z.array(levelSchema),
  }),
);
