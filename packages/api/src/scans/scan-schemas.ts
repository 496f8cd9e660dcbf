import { scanSchema } from "@glasswatch/core/state/scans";
import { tiers } from "@glasswatch/core/tier";
import { z } from "@hono/zod-openapi";
import { idSchema } from "../http/id-param.ts";
import { urlSchema } from "../http/url-schema.ts";
import { profileNameSchema } from "../profiles/profile-name.ts";

/** How a scan is answered. */
export const scanViewSchema = scanSchema
  .omit({ url: true, result: true, groups: true })
  .extend({
    groups: z
      .record(z.string(), z.object({ status: scanSchema.shape.status }))
      .describe("How far each group of detectors is."),
  })
  .meta({ id: "Scan" });

export type ScanView = z.infer<typeof scanViewSchema>;

export const batchViewSchema = z
  .object({ ids: z.array(z.string()).describe("In the order of the request.") })
  .meta({ id: "ScanBatch" });

export const mostScans = 1000;

export function scanRequestSchemas(allowPrivate: boolean) {
  const one = z
    .strictObject({
      url: urlSchema(allowPrivate),
      profile: profileNameSchema.optional(),
      tier: z.enum(tiers).optional().describe("full, unless given."),
      streamId: idSchema.optional().describe("The stream that the file belongs to."),
    })
    .meta({ id: "ScanRequest" });
  const batch = z.strictObject({ scans: z.array(one).min(1).max(mostScans) }).meta({ id: "ScanBatchRequest" });
  return { one, batch };
}

export type ScanRequest = z.infer<ReturnType<typeof scanRequestSchemas>["one"]>;
