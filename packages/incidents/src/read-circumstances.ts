import type { Event } from "@glasswatch/core/events/event";
import type { Incident } from "@glasswatch/core/incident";
import { pagesOf } from "@glasswatch/core/ports/pages";
import type { Silence } from "@glasswatch/core/silence";
import type { Circumstances } from "./circumstances.ts";
import type { Happening } from "./happening.ts";
import type { Labels } from "./silencing.ts";
import type { Stores } from "./stores.ts";

/** Reads what a decision depends on beside the incident. */
export async function readCircumstances(
  incident: Incident | null,
  happening: Happening,
  cause: Event,
  stores: Stores,
): Promise<Circumstances> {
  const silences = await readSilences(cause, stores);
  const streamIds = new Set(incident?.parts.filter(({ open }) => open).map(({ streamId }) => streamId));
  if (happening.type === "defect") streamIds.add(happening.defect.streamId);
  const needsLabels = silences.some(({ match }) => match.labels);
  const labels = needsLabels ? await readLabels([...streamIds], stores) : new Map<string, Labels>();
  return { now: momentOf(cause, stores.now()), policy: stores.policy, silences, labels };
}

/** A timer is due when it says, whatever the clock of this machine does. */
export function momentOf({ "detail-type": type, detail }: Event, now: Date): Date {
  if (type !== "timer.due") return now;
  return new Date(Math.max(now.getTime(), Date.parse(detail.occurredAt)));
}

/** A list may be behind: the silence that came or went just now is asked for by itself. */
async function readSilences(cause: Event, { silences }: Stores): Promise<readonly Silence[]> {
  const found = new Map<string, Silence>();
  for await (const stored of pagesOf(silences.list)) for (const { value } of stored) found.set(value.id, value);
  if (cause["detail-type"] === "timer.due" && cause.detail.data.what === "silence") {
    const { id } = cause.detail.data;
    const stored = await silences.get(id);
    if (stored) found.set(id, stored.value);
    else found.delete(id);
  }
  return [...found.values()];
}

async function readLabels(ids: readonly string[], { streams }: Stores): Promise<ReadonlyMap<string, Labels>> {
  const found = await Promise.all(ids.map(async (id) => [id, (await streams.get(id))?.value.labels ?? {}] as const));
  return new Map(found);
}
