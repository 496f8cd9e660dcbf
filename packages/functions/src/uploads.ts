import { createHash } from "node:crypto";
import { objectUrl } from "@glasswatch/aws/object-address";
import { defaultGroups } from "@glasswatch/core/groups";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import { openScans, type Scan } from "@glasswatch/core/state/scans";
import { z } from "zod";
import { now, ports } from "./composition.ts";
import { queueConsumer } from "./queue-consumer.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const objectCreatedSchema = z.object({
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), sequencer: z.string() }),
  }),
});

type ObjectCreated = z.infer<typeof objectCreatedSchema>["detail"];

const scans = openScans(ports.table);

/** An object that arrives is scanned: once, however often S3 tells of it. */
export const handler = queueConsumer(async (body) => {
  const { detail } = objectCreatedSchema.parse(body);
  await wasFirst(scans.create(scanOf(detail)));
});

function scanOf({ bucket, object }: ObjectCreated): Scan {
  const written = `${bucket.name}/${object.key}/${object.sequencer}`;
  return {
    id: createHash("sha256").update(written).digest("hex").slice(0, 32),
    url: objectUrl(bucket.name, object.key),
    input: objectUrl(bucket.name, object.key),
    streamId: null,
    profile: null,
    tier: "full",
    groups: Object.fromEntries(defaultGroups.map(({ name }) => [name, { status: "queued", result: null }])),
    status: "queued",
    error: null,
    createdAt: now().toISOString(),
    finishedAt: null,
    result: null,
  };
}
