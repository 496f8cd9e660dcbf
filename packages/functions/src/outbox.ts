import type { BatchResponse } from "@glasswatch/aws/batch-response";
import { deliverStreamRecords } from "@glasswatch/aws/outbox";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { log, ports } from "./composition.ts";

export function handler({ Records }: DynamoDBStreamEvent): Promise<BatchResponse> {
  return deliverStreamRecords(Records, ports, (error) => log.warn({ err: error }, "not handed over; again"));
}
