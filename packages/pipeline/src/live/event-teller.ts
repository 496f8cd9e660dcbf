import type { DetailType, Event, EventData } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { FindingStep } from "./finding-tracker.ts";

type StreamDetailType = Exclude<DetailType, FindingStep["detailType"]>;

/** Puts what happens to one stream into events, in order. */
export interface EventTeller {
  stream<Type extends StreamDetailType>(detailType: Type, data: Omit<EventData<Type>, "input">): void;
  finding(step: FindingStep): void;
  /** Goes on after what another watch of the stream told last. */
  goOn(revision: number): void;
}

export interface TellerSetup {
  readonly streamId: string;
  /** What its own events are steps of: the stream, or one detector group's watch of it. */
  readonly entityId: string;
  /** As the user named it, without secrets. */
  readonly name: string;
  onEvent(event: Event): void;
}

/** All events of a stream are one trace. */
export function openEventTeller({ streamId, entityId: stream, name, onEvent }: TellerSetup): EventTeller {
  const traceparent = openTrace();
  let revision = 0;

  return {
    stream(detailType, rest) {
      const data = { input: name, ...rest } as EventData<typeof detailType>;
      revision++;
      const occurredAt = new Date();
      onEvent(makeEvent({ detailType, streamId, entityId: stream, revision, occurredAt, traceparent, data }));
    },
    finding({ detailType, finding }) {
      const { id: entityId, revision } = finding;
      const occurredAt = new Date();
      onEvent(makeEvent({ detailType, streamId, entityId, revision, occurredAt, traceparent, data: finding }));
    },
    goOn(told) {
      revision = told;
    },
  };
}
