import { z } from "zod";
import { actorSchema } from "./actor.ts";
import { weeklyWindowSchema } from "./weekly-window.ts";

/** What a silence is about: all that is given has to be so. */
export const silenceMatchSchema = z
  .strictObject({
    streams: z.array(z.string()).min(1).optional(),
    kinds: z.array(z.string()).min(1).optional(),
    /** Labels of the stream. */
    labels: z.record(z.string(), z.string()).optional(),
  })
  .refine((match) => Object.keys(match).length > 0, "name streams, kinds or labels; nothing else says what is meant");

/** A time in which nobody is told of some defects: they are taken down all the same. */
export const silenceSchema = z.object({
  id: z.string(),
  match: silenceMatchSchema,
  from: z.iso.datetime(),
  /** Null for a maintenance window that comes back until it is deleted. */
  to: z.iso.datetime().nullable(),
  /** Between `from` and `to`, in these windows only. */
  weekly: weeklyWindowSchema.nullable(),
  comment: z.string(),
  createdBy: actorSchema,
  createdAt: z.iso.datetime(),
});

export type Silence = z.infer<typeof silenceSchema>;
