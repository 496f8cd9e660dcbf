import type { Event } from "../events/event.ts";
import type { JsonValue } from "../json.ts";

/** A message for one queue. */
export interface QueueMessage {
  readonly queue: string;
  readonly body: JsonValue;
}

/** What a write causes: an event on the bus, or a message on a queue. */
export type Outgoing = { readonly event: Event } | QueueMessage;
