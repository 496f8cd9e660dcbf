import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import type { FileRepair } from "@glasswatch/core/file-repair";
import type { Repair } from "@glasswatch/core/repair";

/** A repair of either sort, and what is told of it. */
export interface StepOf<Kept extends Repair | FileRepair> {
  readonly repair: Kept;
  readonly events: readonly Event[];
}

export interface StepFacts {
  readonly at: Date;
  readonly traceparent: string;
  /** For people; a line of the log. */
  readonly text: string;
}

/** A repair as it is from here on, with the event that tells it. */
export function stepTo<Kept extends Repair | FileRepair>(
  repair: Kept,
  change: Partial<Kept>,
  { at, traceparent, text }: StepFacts,
): StepOf<Kept> {
  const line = { at: at.toISOString(), text };
  const next = { ...repair, ...change, log: [...repair.log, line], version: repair.version + 1 };
  return { repair: next, events: [eventOf(next, at, traceparent)] };
}

/** A repair that nobody knew of. */
export function firstStep(repair: Repair, at: Date, traceparent: string): StepOf<Repair> {
  return { repair, events: [eventOf(repair, at, traceparent)] };
}

export function isOver({ status }: Pick<Repair | FileRepair, "status">): boolean {
  return status === "succeeded" || status === "failed" || status === "abandoned";
}

function eventOf(repair: Repair | FileRepair, occurredAt: Date, traceparent: string): Event {
  const { id: entityId, streamId, status, version: revision } = repair;
  const outcome = status === "succeeded" || status === "failed" || status === "abandoned" ? status : "requested";
  const facts = { streamId, entityId, revision, occurredAt, traceparent, data: repair };
  return makeEvent({ ...facts, detailType: `repair.${outcome}` });
}
