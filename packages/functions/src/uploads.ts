import { createHash } from "node:crypto";
import { objectUrl } from "@glasswatch/aws/object-address";
import { defaultGroups } from "@glasswatch/core/groups";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import { openScans, queuedScan, type Scan } from "@glasswatch/core/state/scans";
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
  const url = objectUrl(bucket.name, object.key);
  const groups = defaultGroups.map(({ name }) => name);
  const id = createHash("sha256").update(written).digest("hex").slice(0, 32);
  return queuedScan({ id, url, input: url, groups, at: now() });
}
