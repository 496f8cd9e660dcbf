import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import type { IncidentSetup } from "./stores.ts";

interface Timer {
  readonly what: "incident" | "finding";
  readonly id: string;
  readonly streamId: string;
  readonly due: string;
  readonly cause: Event;
}

/**
 * Has something looked at when it is due. Each moment has its own timer: of two consumers that set one at the same time,
 * neither loses the other's, and one that is not needed any more finds nothing to do.
 */
export async function setTimer({ what, id, streamId, due, cause }: Timer, { ports }: IncidentSetup): Promise<void> {
  const dueAt = new Date(due);
  const { traceparent } = cause.detail;
  const facts = {
    streamId,
    entityId: `${what}-timer-${id}`,
    revision: dueAt.getTime(),
    occurredAt: dueAt,
    traceparent,
  };
  const event = makeEvent({ detailType: "timer.due", ...facts, data: { owner: "incidents", id, what } });
  await ports.timers.at(`${what}#${id}#${due}`, dueAt, event);
}
