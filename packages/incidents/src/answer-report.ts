import type { Incident } from "@glasswatch/core/incident";
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
    let after: string | undefined;
    do {
      const page = await list({ limit: 200, descending: true, ...(after !== undefined && { after }) });
      for (const incident of page.items) if (incident.streamIds.includes(streamId)) found.set(incident.id, incident);
      const isPast = list === incidents.list && (page.items.at(-1)?.openedAt ?? "") < from;
      after = isPast ? undefined : (page.next ?? undefined);
    } while (after !== undefined);
  }
  return [...found.values()].filter(({ openedAt, status }) => openedAt >= from || status !== "resolved");
}
