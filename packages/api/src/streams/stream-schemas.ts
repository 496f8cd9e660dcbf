import { streamStateSchema } from "@glasswatch/core/state/stream-states";
import { streamSchema } from "@glasswatch/core/state/streams";
import { tiers } from "@glasswatch/core/tier";
import { z } from "@hono/zod-openapi";
import { urlSchema } from "../http/url-schema.ts";
import { profileNameSchema } from "../profiles/profile-name.ts";

export const streamStatuses = ["waiting", "paused", ...streamStateSchema.shape.status.options] as const;

/** How a stream is answered. */
export const streamViewSchema = streamSchema
  .omit({ groups: true, run: true })
  .extend({
    version: z.int().positive().describe("Counts the changes by people, as the ETag does."),
    state: streamStateSchema.pick({ media: true, error: true }).extend({
      status: z.enum(streamStatuses).describe("waiting: no worker has opened it yet."),
      since: z.iso.datetime().nullable(),
    }),
  })
  .meta({ id: "Stream" });

export type StreamView = z.infer<typeof streamViewSchema>;

const nameSchema = z.string().trim().min(1).max(200);
const refSchema = z.string().min(1).max(200);
const labelNameSchema = z
  .string()
  .regex(/^[a-z0-9][\w./-]{0,63}$/i, "a label's name has letters, digits, _ . / and -, 64 at most");
const labelSchema = z.string().max(256);

export const mostLabels = 32;

function labelsOf<Value extends z.ZodType>(value: Value) {
  return z
    .record(labelNameSchema, value)
    .refine((labels) => Object.keys(labels).length <= mostLabels, { error: `at most ${mostLabels} labels` });
}

export function streamRequestSchemas(allowPrivate: boolean) {
  const url = urlSchema(allowPrivate);
  const failover = z.array(url).max(10);
  const created = z
    .strictObject({
      url,
      name: nameSchema.optional().describe("As people call it; else the url, without secrets."),
      kind: z.enum(["live", "file"]).optional().describe("Left out: what it is shows when it is opened."),
      profile: profileNameSchema.optional(),
      tier: z.enum(tiers).optional().describe("full, unless given."),
      labels: labelsOf(labelSchema).optional(),
      sourceId: refSchema.optional(),
      ladderId: refSchema.optional(),
      outputUrl: url.optional().describe("Where the repaired result is seen."),
      failover: failover.optional().describe("Other addresses of the same programme."),
    })
    .meta({ id: "StreamRequest" });
  const changed = z
    .strictObject({
      ...{ url: url.optional(), name: nameSchema.nullish(), profile: profileNameSchema.nullish() },
      ...{ tier: z.enum(tiers).optional(), paused: z.boolean().optional() },
      labels: labelsOf(labelSchema.nullable()).nullish().describe("Those named are set, or removed by null."),
      ...{ sourceId: refSchema.nullish(), ladderId: refSchema.nullish() },
      ...{ outputUrl: url.nullish(), failover: failover.nullish() },
    })
    .meta({ id: "StreamChange", description: "RFC 7396: what is left out stays, null removes." });
  return { created, changed };
}

export type StreamRequestSchemas = ReturnType<typeof streamRequestSchemas>;
export type StreamRequest = z.infer<StreamRequestSchemas["created"]>;
export type StreamChange = z.infer<StreamRequestSchemas["changed"]>;
