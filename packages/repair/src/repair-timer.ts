import { makeEvent } from "@glasswatch/core/events/make-event";
import type { Timers } from "@glasswatch/core/ports/timers";

export interface RepairTimer {
  /** `repair`: how it stands with a repair. `incident`: whether something is to be done about an incident. */
  readonly what: "repair" | "incident";
  readonly id: string;
  readonly streamId: string;
  readonly dueAt: Date;
  readonly traceparent: string;
}

/** Looks again then. What has a timer already has the later one. */
export async function setRepairTimer(timers: Timers, { what, id, streamId, dueAt, traceparent }: RepairTimer) {
  const entityId = `timer/${keyOf({ what, id })}`;
  const facts = { streamId, entityId, revision: dueAt.getTime(), occurredAt: dueAt, traceparent };
  const event = makeEvent({ ...facts, detailType: "timer.due", data: { owner: "repair", id, what } });
  await timers.at(keyOf({ what, id }), dueAt, event);
}

export async function cancelRepairTimer(timers: Timers, timer: Pick<RepairTimer, "what" | "id">): Promise<void> {
  await timers.cancel(keyOf(timer));
}

function keyOf({ what, id }: Pick<RepairTimer, "what" | "id">): string {
  return `repair/${what}/${id}`;
}
