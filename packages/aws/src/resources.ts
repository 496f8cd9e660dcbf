import { z } from "zod";

const queueSchema = z.object({
  /** As it is declared in `core/queues.ts`. */
  name: z.string(),
  visibilitySeconds: z.int().positive(),
  url: z.url(),
  deadLetterUrl: z.url(),
});

/** What a deployment made on AWS, by name, address or ARN. */
export const awsResourcesSchema = z.object({
  /** DynamoDB: keys `pk` and `sk`, index `listing` over `list` and `order`, stream of new images, TTL in `expiresAt`. */
  tableName: z.string(),
  busName: z.string(),
  /** S3: lifecycle rules by the tag `keep-days`, one for each of `core/keep-days.ts`. */
  bucketName: z.string(),
  queues: z.array(queueSchema),
  /** Where EventBridge Scheduler keeps timers that are more than 15 minutes away, and how it reaches their queue. */
  schedules: z.object({ groupName: z.string(), queueArn: z.string(), roleArn: z.string() }),
});

export type AwsResources = z.infer<typeof awsResourcesSchema>;

export type AwsQueue = z.infer<typeof queueSchema>;
