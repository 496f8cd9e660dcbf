import { z } from "zod";
import { traceparentSchema } from "./traceparent.ts";

/** What every event carries beside its own data. */
const detailSchema = z.object({
  schemaVersion: z.literal(1),
  streamId: z.string().min(1),
  /** `entityId:revision`. A consumer leaves out what it has seen, and revisions older than it has seen. */
  idempotencyKey: z.string().regex(/^.+:\d+$/, "expected entityId:revision"),
  occurredAt: z.iso.datetime(),
  traceparent: traceparentSchema,
});

/** The envelope of Amazon EventBridge, which every event travels in, on AWS and off it. */
const envelopeSchema = z.object({
  version: z.literal("0"),
  id: z.uuid(),
  source: z.literal("glasswatch"),
  account: z.string().optional(),
  /** When it was told, to the second. */
  time: z.iso.datetime(),
  region: z.string().optional(),
  resources: z.array(z.string()),
});

/** The envelope around data of one type. */
export function envelopeOf<const DetailType extends string, Data extends z.ZodType>(
  detailType: DetailType,
  data: Data,
) {
  return envelopeSchema.extend({
    "detail-type": z.literal(detailType),
    detail: detailSchema.extend({ data }),
  });
}
