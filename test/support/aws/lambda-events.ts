import { randomUUID } from "node:crypto";
import type { JsonValue } from "@glasswatch/core/json";
import type { APIGatewayProxyEventV2, SQSEvent, SQSRecord } from "aws-lambda";

/* Events as Lambda hands them to functions, in the shape of what was recorded. */

/** A batch from a queue. The messages are `m0`, `m1`, … */
export function queueEvent(...bodies: readonly (JsonValue | object)[]): SQSEvent {
  return { Records: bodies.map((body, index) => queueRecord(`m${index}`, JSON.stringify(body))) };
}

export function queueRecord(messageId: string, body: string): SQSRecord {
  return {
    messageId,
    receiptHandle: randomUUID(),
    body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1772366400000",
      SenderId: "AIDAIENQZJOLO23YVJ4VO",
      ApproximateFirstReceiveTimestamp: "1772366400010",
    },
    messageAttributes: {},
    md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:queue",
    awsRegion: "us-east-1",
  };
}

export interface ApiCall {
  readonly method?: string;
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: JsonValue;
  /** Sent as it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the authorizer found out. */
  readonly authorizer?: object;
}

/** A request by way of API Gateway's HTTP API, payload format 2.0. */
export function apiEvent({
  method = "GET",
  path,
  body,
  text = JSON.stringify(body),
  authorizer,
  ...call
}: ApiCall): APIGatewayProxyEventV2 {
  const context = {
    accountId: "000000000000",
    apiId: "api",
    domainName: "api.execute-api.us-east-1.amazonaws.com",
    domainPrefix: "api",
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "curl" },
    requestId: "id",
    routeKey: "$default",
    stage: "$default",
    time: "01/Mar/2026:12:00:00 +0000",
    timeEpoch: 1772366400000,
    ...(authorizer && { authorizer }),
  };
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: {
      host: context.domainName,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...call.headers,
    },
    requestContext: context,
    isBase64Encoded: false,
    ...(text !== undefined && { body: text }),
  };
}

/** What S3 tells the account's own bus when an object was written. */
export function objectCreated(key: string, sequencer: string): object {
  return {
    ...awsEvent("aws.s3", "Object Created"),
    resources: ["arn:aws:s3:::uploads"],
    detail: {
      version: "0",
      bucket: { name: "uploads" },
      object: { key, size: 5, etag: "b1946ac92492d2347c6235b4d2611184", sequencer },
      "request-id": "N4N7GDK58NMKJ12R",
      requester: "000000000000",
      reason: "PutObject",
    },
  };
}

/** What SNS puts into a queue of what End User Messaging publishes when somebody answers, now. */
export function smsReply(reply: { readonly from: string; readonly text: string; readonly messageId: string }): object {
  const payload = {
    originationNumber: reply.from,
    destinationNumber: "+4915100000000",
    messageKeyword: "KEYWORD",
    messageBody: reply.text,
    inboundMessageId: reply.messageId,
    previousPublishedMessageId: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  };
  return {
    Type: "Notification",
    MessageId: randomUUID(),
    TopicArn: "arn:aws:sns:us-east-1:000000000000:replies",
    Message: JSON.stringify(payload),
    Timestamp: new Date().toISOString(),
    SignatureVersion: "1",
  };
}

/** What ECS tells when a task has stopped. */
export function taskStopped(taskArn: string): object {
  return {
    ...awsEvent("aws.ecs", "ECS Task State Change"),
    resources: [taskArn],
    detail: { clusterArn: "arn:aws:ecs:us-east-1:000000000000:cluster/c", taskArn, lastStatus: "STOPPED", version: 5 },
  };
}

function awsEvent(source: string, detailType: string) {
  const time = "2026-03-01T12:00:00Z";
  return { version: "0", id: randomUUID(), "detail-type": detailType, source, account: "000000000000", time };
}
