import type { Event, EventOf } from "@glasswatch/core/events/event";
import type { Finding } from "@glasswatch/core/finding";
import type { Defect } from "./happening.ts";
import type { Stores } from "./stores.ts";

/** A defect as it stands now, and what tells this occurrence of it from others. */
export interface Sighting {
  readonly defect: Defect;
  readonly occurrence: string;
  /** A finding that is closed stays so; a stream is lost again and again. */
  readonly isFinding: boolean;
}

type FindingEvent = EventOf<"finding.opened" | "finding.updated" | "finding.closed">;
type StateEvent = EventOf<"stream.started" | "stream.stalled" | "stream.failed" | "stream.resumed" | "stream.ended">;

/**
 * What an event is about, read as it stands now, so that events may come twice and in any order.
 *
 * @returns null for what nobody is told of: the result of a scan goes to whoever asked for it
 */
export async function readDefect(event: Event, stores: Stores): Promise<Sighting | null> {
  switch (event["detail-type"]) {
    case "finding.opened":
    case "finding.updated":
    case "finding.closed":
      return readFinding(event, stores);
    // One that failed and was then begun anew, from another source say, starts and does not resume.
    case "stream.started":
    case "stream.stalled":
    case "stream.failed":
    case "stream.resumed":
    case "stream.ended":
      return readState(event, stores);
    default:
      return null;
  }
}

/** Of a finding that is kept, by its id; null where it is not, or is of a scan. */
export async function readKept(id: string, { findings }: Stores): Promise<Sighting | null> {
  const stored = await findings.get(id);
  if (stored?.source.type !== "stream") return null;
  return sightingOf(stored.finding, stored.source.id, stored.foundAt);
}

async function readFinding({ detail }: FindingEvent, stores: Stores): Promise<Sighting | null> {
  const { data, streamId, occurredAt } = detail;
  if (await stores.findings.get(data.id)) return readKept(data.id, stores);
  return sightingOf(data, streamId, occurredAt);
}

function sightingOf({ id, kind, severity, endSeconds }: Finding, streamId: string, since: string): Sighting {
  return {
    defect: { id, streamId, kind, severity, open: endSeconds === null, since },
    occurrence: id,
    isFinding: true,
  };
}

/** What is wrong with the stream itself, in the eyes of one detector group. */
async function readState({ detail }: StateEvent, { streamStates }: Stores): Promise<Sighting | null> {
  const { idempotencyKey, streamId } = detail;
  const entity = idempotencyKey.slice(0, idempotencyKey.lastIndexOf(":"));
  const group = entity === streamId ? "all" : entity.slice(streamId.length + 1);
  const state = await streamStates.get(streamId, group);
  if (!state) return null;
  const { status, since, revision } = state;
  const id = `${streamId}/state/${group}`;
  const kind = status === "failed" ? "stream-failed" : "stream-stalled";
  const open = status === "failed" || status === "stalled";
  return {
    defect: { id, streamId, kind, severity: "major", open, since },
    occurrence: `${id}:${revision}`,
    isFinding: false,
  };
}
