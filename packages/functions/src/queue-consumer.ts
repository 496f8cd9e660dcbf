import type { BatchResponse } from "@glasswatch/aws/batch-response";
import { handleRecords } from "@glasswatch/aws/handle-records";
import type { Event } from "@glasswatch/core/events/event";
import { readEvent } from "@glasswatch/core/events/read-event";
import type { JsonValue } from "@glasswatch/core/json";
import type { SQSEvent } from "aws-lambda";
import { log, ports } from "./composition.ts";

export type QueueHandler = (event: SQSEvent) => Promise<BatchResponse>;

/** Takes messages from a queue. What fails comes again by itself, and is a dead letter in the end. */
export function queueConsumer(handle: (body: JsonValue) => Promise<void>): QueueHandler {
  const onError = (error: unknown, messageId: string) => log.warn({ err: error, messageId }, "again");
  return ({ Records }) => handleRecords(Records, ({ body }) => handle(body), { blobs: ports.blobs, onError });
}

/** Takes events that a rule put into a queue. */
export function eventConsumer(handle: (event: Event) => Promise<void>): QueueHandler {
  return queueConsumer(async (body) => {
    const event = readEvent(body);
    if (event) await handle(event);
  });
}
