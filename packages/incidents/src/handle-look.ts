import type { Event, EventOf } from "@glasswatch/core/events/event";
import type { Incident } from "@glasswatch/core/incident";
import { pagesOf } from "@glasswatch/core/ports/pages";
import { changeIncident } from "./change-incident.ts";
import { isLoss, isWanted } from "./correlation.ts";
import { handleDefect } from "./handle-defect.ts";
import { momentOf } from "./read-circumstances.ts";
import { readKept } from "./read-defect.ts";
import { mayLast } from "./reopen.ts";
import type { Stores } from "./stores.ts";
import { later } from "./time.ts";

/** Something may be due. What is not, any more or yet, changes nothing. */
export async function handleLook(event: EventOf<"timer.due">, stores: Stores): Promise<void> {
  const { what, id } = event.detail.data;
  switch (what) {
    case "incident":
      return look(id, event, stores);
    case "finding":
      return handleDefect(() => readKept(id, stores), event, stores);
    case "silence":
      return lookAtAll(event, stores);
  }
}

async function look(id: string, cause: Event, stores: Stores): Promise<void> {
  const incident = await stores.incidents.get(id);
  if (!incident) return;
  await endUnwanted(incident, cause, stores);
  const reopens = await reopeningOf(incident, cause, stores);
  await changeIncident(incident, { type: "look", reopens }, cause, stores);
}

/** That a stream is lost is nobody's concern once it is paused or removed, and no event says so: nobody watches it. */
async function endUnwanted(incident: Incident, cause: Event, stores: Stores): Promise<void> {
  for (const part of incident.parts) {
    if (!part.open || !isLoss(part.kind)) continue;
    const stream = await stores.streams.get(part.streamId);
    if (isWanted(stream?.value ?? null)) continue;
    await changeIncident(incident, { type: "defect", defect: { ...part, open: false }, reopens: null }, cause, stores);
  }
}

/** Its end, where that may be undone now and no other incident took its place. */
async function reopeningOf(incident: Incident, cause: Event, stores: Stores): Promise<string | null> {
  const { id, key, resolvedAt } = incident;
  const { reopenMinutes } = stores.policy;
  const at = momentOf(cause, stores.now()).toISOString();
  if (!mayLast(incident) || resolvedAt === null || at < later(resolvedAt, reopenMinutes * 60)) return null;
  const entry = await stores.incidents.enter(key, () => ({ id, reopens: resolvedAt }));
  return entry?.id === id ? entry.reopens : null;
}

/** A silence came or went, and may be about any that are open. */
async function lookAtAll(cause: Event, stores: Stores): Promise<void> {
  for await (const open of pagesOf(stores.incidents.listOpen)) {
    for (const incident of open) await changeIncident(incident, { type: "look", reopens: null }, cause, stores);
  }
}
