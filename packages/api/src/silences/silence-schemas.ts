import { silenceMatchSchema, silenceSchema } from "@glasswatch/core/silence";
import { weeklyWindowSchema } from "@glasswatch/core/weekly-window";
import { didYouMean } from "@glasswatch/detectors/did-you-mean";
import { detectors } from "@glasswatch/detectors/registry";
import { z } from "@hono/zod-openapi";

/** A silence, with what changes when it is changed. */
export const silenceViewSchema = silenceSchema.extend({ version: z.int().positive() }).meta({ id: "Silence" });

const kinds = [...detectors.map(({ id }) => id), "stream-failed", "stream-stalled"];

/** Of a defect. A silence that is spelled wrong would let people be woken. */
export const kindSchema = z.string().superRefine((kind, context) => {
  if (kinds.includes(kind)) return;
  context.addIssue({ code: "custom", message: `there is no such kind of defect${didYouMean(kind, kinds)}` });
});

const mostMinutes = 366 * 24 * 60;

export const minutesSchema = z.int().min(1).max(mostMinutes);

const timeSchema = z.iso.datetime({ offset: true });

/** What a silence is made of. */
export const silenceRequestSchema = z
  .strictObject({
    match: silenceMatchSchema.safeExtend({
      streams: z.array(z.string().max(200)).min(1).max(1000).optional(),
      kinds: z.array(kindSchema).min(1).max(100).optional(),
    }),
    from: timeSchema.optional().describe("From now on, unless given."),
    to: timeSchema.optional(),
    minutes: minutesSchema.optional().describe("Instead of `to`: for so long from `from` on."),
    weekly: weeklyWindowSchema.optional().describe("In these windows only; then `to` may be left out."),
    comment: z.string().trim().max(500).default(""),
  })
  .superRefine(({ to, minutes, weekly }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (to !== undefined && minutes !== undefined) wrong("minutes", "give to or minutes, not both");
    if (to === undefined && minutes === undefined && weekly === undefined) {
      wrong("minutes", "say for how long: minutes, or to; only what is weekly may have no end");
    }
  })
  .meta({ id: "SilenceRequest" });

export type SilenceRequest = z.infer<typeof silenceRequestSchema>;
