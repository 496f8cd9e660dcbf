import type { Incident, IncidentPart } from "@glasswatch/core/incident";
import type { Stream } from "@glasswatch/core/state/streams";
import type { IncidentPolicy } from "./policy.ts";
import { later } from "./time.ts";

/** What a stream's defects have in common with those of others. */
export interface StreamKeys {
  /** Where its defects belong: its source, its ladder, or the stream by itself. */
  readonly own: string;
  /** Where its losses may belong, beside that; null where its source or ladder says more, or where it has no region. */
  readonly region: string | null;
}

/** @param stream null where it is gone */
export function keysOf(streamId: string, stream: Pick<Stream, "sourceId" | "ladderId" | "labels"> | null): StreamKeys {
  if (stream?.sourceId) return { own: `source:${stream.sourceId}`, region: null };
  if (stream?.ladderId) return { own: `ladder:${stream.ladderId}`, region: null };
  const region = stream?.labels["region"];
  return { own: `stream:${streamId}`, region: region ? `region:${region}` : null };
}

export function isLoss(kind: string): boolean {
  return kind === "stream-failed" || kind === "stream-stalled";
}

/** Whether people want it watched, so that its loss concerns them. @param stream null where it was removed */
export function isWanted(stream: Pick<Stream, "paused"> | null): boolean {
  return stream !== null && !stream.paused;
}

type Told = Pick<IncidentPart, "streamId" | "kind">;

/** Whether it is the same defect again, which is another finding. */
export function isSame(a: Told, b: Told): boolean {
  return a.streamId === b.streamId && a.kind === b.kind;
}

/**
 * Whether a region's incident takes in another stream that is lost now: one that is lost long after the others is lost for
 * a reason of its own, and would be overlooked among them.
 *
 * @param incident that the region has or had last
 */
export function isSpreading(incident: Incident | null, at: string, { regionMinutes }: IncidentPolicy): boolean {
  if (!incident || incident.status === "resolved") return true;
  const last = incident.parts.at(-1);
  return last !== undefined && at <= later(last.since, regionMinutes * 60);
}
