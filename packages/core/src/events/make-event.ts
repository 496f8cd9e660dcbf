import type { DetailType, EventData, EventOf } from "./event.ts";
import { nextInTrace } from "./traceparent.ts";

export interface EventFacts<Type extends DetailType> {
  readonly detailType: Type;
  readonly streamId: string;
  /** The stream or the finding that this is a step of. */
  readonly entityId: string;
  readonly revision: number;
  readonly occurredAt: Date;
  /** The trace that the event continues. */
  readonly traceparent: string;
  readonly data: EventData<Type>;
}

/** Puts what happened into its envelope. */
export function makeEvent<Type extends DetailType>(facts: EventFacts<Type>): EventOf<Type> {
  const { detailType, streamId, entityId, revision, occurredAt, traceparent, data } = facts;
  const envelope = {
    version: "0",
    id: crypto.randomUUID(),
    "detail-type": detailType,
    source: "glasswatch",
    // EventBridge gives the time of an event without a fraction.
    time: `${occurredAt.toISOString().slice(0, 19)}Z`,
    resources: [streamId],
    detail: {
      schemaVersion: 1,
      streamId,
      idempotencyKey: `${entityId}:${revision}`,
      occurredAt: occurredAt.toISOString(),
      traceparent: nextInTrace(traceparent),
      data,
    },
  };
  // The type of the data follows from the type of the event, which TypeScript cannot see through the union.
  return envelope as unknown as EventOf<Type>;
}
