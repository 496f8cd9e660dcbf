import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { Event } from "@glasswatch/core/events/event";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import type { Bus } from "@glasswatch/core/ports/bus";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import { batchesOf, mostRequestBytes, sendEach } from "./batches.ts";
import { answerOf } from "./errors.ts";
import { jsonText } from "./json-text.ts";
import { referTo } from "./references.ts";

interface Prepared {
  readonly event: Event;
  readonly entry: PutEventsRequestEntry;
}

/**
 * Events as entries of PutEvents. EventBridge gives each an `id` of its own and routes by the rules made from
 * `core/routes.ts`. The data of an event over 256 KB go into a blob, where no rule sees them.
 */
export function openBus(client: EventBridgeClient, busName: string, blobs: Blobs): Bus {
  function entryOf(event: Event, detail: unknown): PutEventsRequestEntry {
    return {
      EventBusName: busName,
      Source: event.source,
      DetailType: event["detail-type"],
      Time: new Date(event.time),
      Resources: event.resources,
      Detail: jsonText(detail),
    };
  }

  async function prepare(event: Event): Promise<Prepared> {
    const entry = entryOf(event, event.detail);
    if (bytesOf(entry) <= mostRequestBytes) return { event, entry };
    const data = await referTo(JSON.parse(JSON.stringify(event.detail.data)), blobs);
    return { event, entry: entryOf(event, { ...event.detail, data }) };
  }

  /** @returns the events that EventBridge refused */
  async function put(batch: readonly Prepared[]): Promise<Event[]> {
    const command = new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) });
    const { Entries = [] } = await answerOf(client.send(command));
    return batch.filter((_, index) => Entries[index]?.EventId === undefined).map(({ event }) => event);
  }

  return {
    async publish(events) {
      const prepared = await Promise.all(events.map(prepare));
      const batches = batchesOf(prepared, ({ entry }) => bytesOf(entry));
      const results = await sendEach(batches, put);
      const refused = results.flatMap((result, index) => {
        if (result.status === "fulfilled") return result.value;
        if (!(result.reason instanceof UnavailableError)) throw result.reason;
        return batches[index]?.map(({ event }) => event) ?? [];
      });
      if (events.length > 0 && refused.length === events.length) {
        throw new UnavailableError("AWS: EventBridge refused every event");
      }
      return refused;
    },
  };
}

/** As EventBridge counts: "Calculating PutEvents event entry size" in its user guide. */
function bytesOf({ Source = "", DetailType = "", Detail = "", Resources = [] }: PutEventsRequestEntry): number {
  const timeBytes = 14;
  return [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), timeBytes);
}
