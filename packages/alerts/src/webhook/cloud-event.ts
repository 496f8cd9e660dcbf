import type { Event } from "@glasswatch/core/events/event";
import type { JsonObject } from "@glasswatch/core/json";

/**
 * What webhooks say: CloudEvents 1.0.2 in structured mode, JSON format.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export interface CloudEvent {
  readonly specversion: "1.0";
  /** The same event again has the same id. */
  readonly id: string;
  readonly source: string;
  /** `glasswatch.` and the event's own type. */
  readonly type: string;
  readonly time: string;
  /** Id of the stream; `-` for none in particular. */
  readonly subject: string;
  readonly datacontenttype: "application/json";
  /** CloudEvents' extension "Distributed Tracing". */
  readonly traceparent?: string;
  readonly data: JsonObject;
}

export type CloudEventFacts = Pick<CloudEvent, "id" | "type" | "time" | "subject" | "traceparent"> & {
  readonly data: object;
};

export function cloudEvent({ type, data, ...facts }: CloudEventFacts): CloudEvent {
  return {
    specversion: "1.0",
    ...facts,
    source: "urn:glasswatch",
    type: `glasswatch.${type}`,
    datacontenttype: "application/json",
    // Of the schemas of events and incidents, which are JSON.
    data: data as JsonObject,
  };
}

export function cloudEventOf({ "detail-type": type, detail }: Event): CloudEvent {
  const { idempotencyKey: id, occurredAt: time, streamId: subject, traceparent, data } = detail;
  return cloudEvent({ id, type, time, subject, traceparent, data });
}
