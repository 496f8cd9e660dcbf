import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { AwsResources } from "@glasswatch/aws/resources";
import type { QueueDeclaration } from "@glasswatch/core/queues";
import type { Route } from "@glasswatch/core/routes";
import { deploy } from "./deploy.ts";
import { type EventService, openEventService } from "./event-service.ts";
import { openQueueService, type QueueService } from "./queue-service.ts";
import { openScheduleService, type ScheduleService } from "./schedule-service.ts";
import { openSmsService, type SmsService } from "./sms-service.ts";
import { openTableService, type TableService } from "./table-service.ts";

/** What stands in for AWS, on loopback. */
export interface AwsStandins {
  readonly tables: TableService;
  readonly events: EventService;
  readonly stores: QueueService;
  readonly schedules: ScheduleService;
  readonly telephones: SmsService;
  /** Where the SDK finds them: what the environment of another process needs, too. */
  readonly environment: Readonly<Record<string, string>>;
  /** Makes a table, a bus, a bucket and queues of their own. */
  deploy(queues: readonly QueueDeclaration[], routes: readonly Route[]): Promise<AwsResources>;
  close(): Promise<void>;
}

/** Starts the stand-ins, and leads every client of the SDK that this process opens from now on to them. */
export async function openAwsStandins(): Promise<AwsStandins> {
  const [tables, events, stores, schedules, telephones] = await Promise.all([
    openTableService(),
    openEventService(),
    openQueueService(),
    openScheduleService(),
    openSmsService(),
  ]);
  const environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: events.url,
    AWS_ENDPOINT_URL_SQS: stores.url,
    AWS_ENDPOINT_URL_S3: stores.url,
    AWS_ENDPOINT_URL_SCHEDULER: schedules.url,
    AWS_ENDPOINT_URL_SNS: telephones.url,
  };
  Object.assign(process.env, environment);
  const clients = {
    dynamo: new DynamoDBClient(),
    s3: new S3Client(),
    sqs: new SQSClient({ useQueueUrlAsEndpoint: false }),
    events,
  };
  let deployments = 0;

  return {
    ...{ tables, events, stores, schedules, telephones, environment },
    deploy: (queues, routes) => deploy({ prefix: `d${++deployments}`, queues, routes }, clients),
    async close() {
      for (const client of [clients.dynamo, clients.s3, clients.sqs]) client.destroy();
      await Promise.all([tables, events, stores, schedules, telephones].map((service) => service.close()));
    },
  };
}
