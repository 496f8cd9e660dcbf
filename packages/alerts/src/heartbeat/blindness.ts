import type { QueueState } from "@glasswatch/core/ports/queues";
import { consumerQueues, type QueueDeclaration } from "@glasswatch/core/queues";
import type { Lease } from "@glasswatch/core/state/leases";
import type { StreamState } from "@glasswatch/core/state/stream-states";
import type { Stream } from "@glasswatch/core/state/streams";

/** What is known of how a stream is watched by a detector group. */
export interface Watch {
  readonly stream: Pick<Stream, "id" | "name" | "paused" | "run">;
  readonly group: string;
  readonly lease: Pick<Lease, "owner" | "expiresAt" | "ended" | "run"> | null;
  readonly state: Pick<StreamState, "status"> | null;
  /** When something of it was measured last. */
  readonly measuredAt: Date | null;
}

/** Something that Glasswatch does not see, or cannot tell. */
export interface Blindness {
  /** The same again has the same id. */
  readonly id: string;
  /** For people. */
  readonly text: string;
}

export interface Circumstances {
  readonly watches: readonly Watch[];
  readonly queues: readonly QueueState[];
  readonly now: Date;
  /** What lasts so long is told. */
  readonly minutes: number;
}

/** What of Glasswatch itself does not work at that moment. */
export function blindnessOf({ watches, queues, now, minutes }: Circumstances): readonly Blindness[] {
  const longAgo = new Date(now.getTime() - minutes * 60_000);
  return [
    ...watches.flatMap((watch) => blindTo(watch, now, longAgo)),
    ...queues.flatMap((queue) => stuck(queue, minutes)),
  ];
}

function blindTo({ stream, group, lease, state, measuredAt }: Watch, now: Date, longAgo: Date): readonly Blindness[] {
  if (stream.paused || (lease?.run === stream.run && lease.ended)) return [];
  const id = `watch/${stream.id}/${group}`;
  const isHeld = lease !== null && lease.owner !== null && new Date(lease.expiresAt) > now;
  if (!isHeld) return [{ id, text: `Nobody watches ${stream.name} (group ${group})` }];
  // One that stalls or is lost has nothing to be measured, and an incident that says so.
  const isRunning = state?.status === "running" || state?.status === "degraded";
  if (!isRunning || (measuredAt !== null && measuredAt > longAgo)) return [];
  return [{ id, text: `${stream.name} is watched (group ${group}), and nothing of it is measured` }];
}

function stuck({ queue, dead, inFlight, oldestSeconds }: QueueState, minutes: number): readonly Blindness[] {
  const declared: QueueDeclaration | undefined = consumerQueues.find(({ name }) => name === queue);
  const isAtWork = declared?.isSlow === true && inFlight > 0;
  const waits = declared !== undefined && !isAtWork && (oldestSeconds ?? 0) >= minutes * 60;
  return [
    ...(dead > 0 ? [{ id: `dead/${queue}`, text: `Queue ${queue} has dead letters: ${dead}` }] : []),
    ...(waits ? [{ id: `stuck/${queue}`, text: `Queue ${queue} is not worked on` }] : []),
  ];
}
