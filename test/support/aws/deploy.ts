import { CreateTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { AwsQueue, AwsResources } from "@glasswatch/aws/resources";
import { type QueueDeclaration, timersQueue } from "@glasswatch/core/queues";
import type { Route } from "@glasswatch/core/routes";
import type { EventService } from "./event-service.ts";

/** What is made of on stand-ins, as `stacks/` makes it on AWS. */
export interface DeploymentPlan {
  /** Names of resources begin with this. */
  readonly prefix: string;
  readonly queues: readonly QueueDeclaration[];
  readonly routes: readonly Route[];
}

export interface DeploymentClients {
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly events: EventService;
}

export async function deploy(plan: DeploymentPlan, clients: DeploymentClients): Promise<AwsResources> {
  const { prefix, routes } = plan;
  const tableName = `${prefix}-state`;
  const busName = `${prefix}-bus`;
  const bucketName = `${prefix}-evidence`;
  await clients.dynamo.send(new CreateTableCommand(tableDefinition(tableName)));
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucketName }));
  const declarations = [...plan.queues, timersQueue];
  const queues = await Promise.all(declarations.map((queue) => deployQueue(clients.sqs, prefix, queue)));
  clients.events.addBus(busName, routes, async (target, body) => {
    const QueueUrl = queues.find(({ name }) => name === target)?.url;
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  });
  const schedules = {
    groupName: `${prefix}-timers`,
    queueArn: arnOf(`${prefix}-${timersQueue.name}`),
    roleArn: "arn:aws:iam::000000000000:role/scheduler",
  };
  return { tableName, busName, bucketName, queues, schedules };
}

function tableDefinition(tableName: string) {
  const names = ["pk", "sk", "list", "order"];
  return {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST" as const,
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
    KeySchema: keys("pk", "sk"),
    GlobalSecondaryIndexes: [
      { IndexName: "listing", KeySchema: keys("list", "order"), Projection: { ProjectionType: "ALL" as const } },
    ],
  };
}

function keys(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: "HASH" as const },
    { AttributeName: range, KeyType: "RANGE" as const },
  ];
}

async function deployQueue(
  sqs: SQSClient,
  prefix: string,
  { name, visibilitySeconds, tries }: QueueDeclaration,
): Promise<AwsQueue> {
  const deadLetterName = `${prefix}-${name}-dead`;
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: deadLetterName }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(deadLetterName), maxReceiveCount: tries });
  const Attributes = { VisibilityTimeout: String(visibilitySeconds), RedrivePolicy };
  const own = await sqs.send(new CreateQueueCommand({ QueueName: `${prefix}-${name}`, Attributes }));
  return { name, visibilitySeconds, url: own.QueueUrl ?? "", deadLetterUrl: dead.QueueUrl ?? "" };
}

function arnOf(queueName: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${queueName}`;
}
