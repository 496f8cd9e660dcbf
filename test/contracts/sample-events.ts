import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";

/** An event that goes to `everything`. Its key is `ID:1`. */
export function ended(id: string): Event {
  return makeEvent({ detailType: "stream.ended", ...facts(id), data: { input: "in.ts", positionSeconds: 9 } });
}

/** An event that goes to `everything` and to `failures`. */
export function failed(id: string, message = "connection lost"): Event {
  const error = { code: "connection-lost", message };
  return makeEvent({ detailType: "stream.failed", ...facts(id), data: { input: "in.ts", error, retryInSeconds: 1 } });
}

export function keyOf(event: Event): string {
  return event.detail.idempotencyKey;
}

function facts(id: string) {
  return { streamId: id, entityId: id, revision: 1, occurredAt: new Date(), traceparent: openTrace() };
}
