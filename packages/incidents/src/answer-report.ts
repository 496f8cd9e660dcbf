import type { Incident } from "@glasswatch/core/incident";
import { pagesOf } from "@glasswatch/core/ports/pages";
import type { Stores } from "./stores.ts";
import { type Answer, kindsOf, lasting, listed, streamName } from "./words.ts";

const dayMs = 86_400_000;

/** How a stream fares: its state, what is open of it, and how many incidents it had in a day. */
export async function answerReport(streamId: string, stores: Stores): Promise<Answer> {
  const stored = await stores.streams.get(streamId);
  if (!stored) return { done: false, text: `There is no stream ${streamId}.` };
  const { groups, paused } = stored.value;
  const states = await Promise.all(groups.map((group) => stores.streamStates.get(streamId, group)));
  const now = stores.now();
  const state = states.map((each) => (each ? `${each.status} for ${lasting(each.since, now)}` : "not watched yet"));
  const incidents = await ofLastDay(streamId, stores);
  const open = incidents.filter(({ status }) => status !== "resolved");
  const head = `${await streamName(streamId, stores)}: ${paused ? "paused" : [...new Set(state)].join(", ")}. `;
  const day = `${incidents.length} incident${incidents.length === 1 ? "" : "s"} in 24 h`;
  if (open.length === 0) return { done: true, text: `${head}${day}, none open.` };
  const lines = open.map((incident) => `${incident.number} ${incident.severity} ${kindsOf(incident)}`);
  return { done: true, text: listed(`${head}${day}. Open: `, lines) };
}

/** What was opened within a day, or is open still. */
async function ofLastDay(streamId: string, { incidents, now }: Stores): Promise<readonly Incident[]> {
  const from = new Date(now().getTime() - dayMs).toISOString();
  const found = new Map<string, Incident>();
  for (const list of [incidents.list, incidents.listOpen]) {
    for await (const some of pagesOf((page) => list({ ...page, descending: true }))) {
      for (const incident of some) if (incident.streamIds.includes(streamId)) found.set(incident.id, incident);
      if (list === incidents.list && (some.at(-1)?.openedAt ?? "") < from) break;
    }
  }
  return [...found.values()].filter(({ openedAt, status }) => openedAt >= from || status !== "resolved");
}
