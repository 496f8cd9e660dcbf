import type { Event } from "@glasswatch/core/events/event";
import type { JsonValue } from "@glasswatch/core/json";
import type { Outgoing, QueueMessage } from "@glasswatch/core/ports/outgoing";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { DynamoDBRecord } from "aws-lambda";
import { type BatchResponse, batchResponse } from "./batch-response.ts";
import { resolveReferences } from "./references.ts";

interface Carried {
  readonly sequenceNumber: string;
  readonly events: readonly Event[];
  readonly messages: readonly QueueMessage[];
}

/**
 * Hands over what the rows in a piece of the table's stream carry: events to the bus, messages to their queues. An outbox
 * belongs to the version of the row that was written with it, so each leaves once, and again only where its hand-over
 * failed.
 *
 * @param onError is called with what went wrong
 * @returns the records to be tried again; Lambda begins with the earliest
 */
export async function deliverStreamRecords(
  records: readonly DynamoDBRecord[],
  { bus, queues, blobs }: Pick<Ports, "bus" | "queues" | "blobs">,
  onError: (error: unknown) => void,
): Promise<BatchResponse> {
  const failed = new Set<string>();

  async function attempt(sequenceNumbers: readonly string[], step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      for (const sequenceNumber of sequenceNumbers) failed.add(sequenceNumber);
      onError(error);
    }
  }

  async function read({ dynamodb }: DynamoDBRecord): Promise<readonly Carried[]> {
    const text = dynamodb?.NewImage?.["outbox"]?.S;
    const sequenceNumber = dynamodb?.SequenceNumber ?? "";
    const carried: Carried[] = [];
    if (text === undefined) return carried;
    await attempt([sequenceNumber], async () => {
      const outbox = outgoingOf(await resolveReferences(JSON.parse(text), blobs));
      const events = outbox.flatMap((outgoing) => ("event" in outgoing ? [outgoing.event] : []));
      const messages = outbox.flatMap((outgoing) => ("queue" in outgoing ? [outgoing] : []));
      carried.push({ sequenceNumber, events, messages });
    });
    return carried;
  }

  async function publish(carried: readonly Carried[]): Promise<void> {
    const withEvents = carried.filter(({ events }) => events.length > 0);
    await attempt(numbersOf(withEvents), async () => {
      const refused = new Set(await bus.publish(withEvents.flatMap(({ events }) => events)));
      for (const { sequenceNumber, events } of withEvents) {
        if (events.some((event) => refused.has(event))) failed.add(sequenceNumber);
      }
    });
  }

  async function send(carried: readonly Carried[]): Promise<void> {
    const withMessages = carried.filter(({ messages }) => messages.length > 0);
    await attempt(numbersOf(withMessages), () => queues.send(withMessages.flatMap(({ messages }) => messages)));
  }

  const carried = (await Promise.all(records.map(read))).flat();
  await Promise.all([publish(carried), send(carried)]);
  return batchResponse(failed);
}

function numbersOf(carried: readonly Carried[]): readonly string[] {
  return carried.map(({ sequenceNumber }) => sequenceNumber);
}

/** As `openTable` wrote it. */
function outgoingOf(outbox: JsonValue): readonly Outgoing[] {
  if (!Array.isArray(outbox)) throw new Error("an outbox is a list");
  return outbox as unknown as readonly Outgoing[];
}
