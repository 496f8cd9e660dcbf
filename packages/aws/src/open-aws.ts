import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Ports } from "@glasswatch/core/ports/ports";
import { timersQueue } from "@glasswatch/core/queues";
import { openBlobs } from "./blobs.ts";
import { openBus } from "./bus.ts";
import { openQueues } from "./queues.ts";
import { requestHandler } from "./request-handler.ts";
import type { AwsResources } from "./resources.ts";
import { openTable } from "./table.ts";
import { openTimers } from "./timers.ts";

/** The clock is the machine's unless another is given. */
export interface AwsOptions {
  readonly now?: () => Date;
}

/**
 * The ports on AWS. Region, credentials and, for other endpoints, `AWS_ENDPOINT_URL_…` are the SDK's own: they come from
 * the environment.
 */
export function openAws(resources: AwsResources, { now = () => new Date() }: AwsOptions = {}): Ports {
  // A queue's URL names the endpoint that the SDK chooses anyway, unless the environment names another.
  const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });
  const blobs = openBlobs(new S3Client({ requestHandler }), resources.bucketName);
  const { tableName, busName, queues, schedules } = resources;
  const timerUrl = queues.find(({ name }) => name === timersQueue.name)?.url;
  if (timerUrl === undefined) throw new RangeError(`there is no queue "${timersQueue.name}"`);

  const table = openTable(new DynamoDBClient({ requestHandler }), {
    tableName,
    blobs,
    queueNames: new Set(queues.map(({ name }) => name)),
    now,
  });
  return {
    table,
    bus: openBus(new EventBridgeClient({ requestHandler }), busName, blobs),
    queues: openQueues(sqs, queues, blobs),
    blobs,
    timers: openTimers({
      ...{ sqs, schedules, table, now, queueUrl: timerUrl },
      scheduler: new SchedulerClient({ requestHandler }),
    }),
  };
}
