import type { Blobs } from "@glasswatch/core/ports/blobs";
import type { ReceivedMessage } from "@glasswatch/core/ports/queues";
import type { SQSRecord } from "aws-lambda";
import { type BatchResponse, batchResponse } from "./batch-response.ts";
import { resolveReferences } from "./references.ts";

/**
 * Handles what Lambda took from a queue as a consumer in a container would, each message by itself. A rule of EventBridge
 * puts the event into the queue as it stands, so that a body is an event or a message.
 *
 * @param onError is called with what a handler threw
 * @returns the messages that come again
 */
export async function handleRecords(
  records: readonly SQSRecord[],
  handler: (message: ReceivedMessage) => Promise<void>,
  { blobs, onError }: { readonly blobs: Blobs; readonly onError: (error: unknown, messageId: string) => void },
): Promise<BatchResponse> {
  async function handle({ messageId, body, attributes }: SQSRecord): Promise<readonly string[]> {
    try {
      const resolved = await resolveReferences(JSON.parse(body), blobs);
      await handler({ id: messageId, body: resolved, receiveCount: Number(attributes.ApproximateReceiveCount) });
      return [];
    } catch (error) {
      onError(error, messageId);
      return [messageId];
    }
  }

  return batchResponse((await Promise.all(records.map(handle))).flat());
}
