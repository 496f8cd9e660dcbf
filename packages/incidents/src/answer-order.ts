import type { Command } from "@glasswatch/core/command";
import type { EventOf } from "@glasswatch/core/events/event";
import type { Incident } from "@glasswatch/core/incident";
import { changeIncident } from "./change-incident.ts";
import { isDone, isPossible, type OrderHappening } from "./order.ts";
import type { Stores } from "./stores.ts";
import { type Answer, clock, kindsOf, streamName } from "./words.ts";

type OrderCommand = Extract<Command, { readonly name: OrderHappening["type"] }>;

/** Does what is said of one incident. */
export async function answerOrder(
  command: OrderCommand,
  event: EventOf<"command.received">,
  stores: Stores,
): Promise<Answer> {
  const known = await find(command.incidentId, stores);
  if (!known) return { done: false, text: `There is no incident ${command.incidentId}.` };
  const order = await orderOf(command, known, event, stores);
  if ("text" in order) return order;
  const { incident } = await changeIncident(known, order, event, stores);
  if (!incident || !isDone(incident, order)) return { done: false, text: refusalOf(known, order) };
  if (order.type === "not-a-defect") await dismiss(incident, order, stores);
  return { done: true, text: await said(incident, order, stores) };
}

async function find(id: string, { incidents }: Stores): Promise<Incident | null> {
  return (await incidents.get(id)) ?? (/^\d{1,9}$/.test(id) ? incidents.numbered(Number(id)) : null);
}

async function orderOf(
  command: OrderCommand,
  incident: Incident,
  { detail }: EventOf<"command.received">,
  { incidents }: Stores,
): Promise<OrderHappening | Answer> {
  const facts = { by: detail.data.by, orderedAt: detail.occurredAt };
  if (command.name === "acknowledge") return { ...facts, type: "acknowledge", minutes: command.minutes };
  if (command.name !== "reopen") return { ...facts, type: command.name };
  const { id, key, number, resolvedAt } = incident;
  const order = { ...facts, type: "reopen", reopens: resolvedAt } as const;
  if (isDone(incident, order) || !isPossible(incident, order)) return order;
  const entry = await incidents.enter(key, () => ({ id, reopens: resolvedAt }));
  if (entry?.id === id) return order;
  const other = entry && (await incidents.get(entry.id));
  return {
    done: false,
    text: `Incident ${number} stays resolved: ${other?.number ?? "another"} is open for the same.`,
  };
}

function refusalOf({ number, status }: Incident, { type }: OrderHappening): string {
  if (type === "reopen") return `Incident ${number} is ${status}: there is nothing to reopen.`;
  return `Incident ${number} is resolved already.`;
}

async function dismiss({ parts }: Incident, { by, orderedAt }: OrderHappening, { findings }: Stores): Promise<void> {
  for (const { id } of parts) await findings.dismiss(id, by, new Date(orderedAt));
}

async function said(incident: Incident, { type }: OrderHappening, stores: Stores): Promise<string> {
  const { number, streamId, acknowledged, parts } = incident;
  const what = `${kindsOf(incident)}, ${await streamName(streamId, stores, incident)}`;
  switch (type) {
    case "acknowledge":
      return `Incident ${number} acknowledged until ${clock(acknowledged?.until ?? "", stores.now())}: ${what}.`;
    case "resolve": {
      const lasts = parts.some(({ open }) => open);
      const { reopenMinutes } = stores.policy;
      return `Incident ${number} resolved: ${what}.${lasts ? ` It reopens if that lasts ${reopenMinutes} min more.` : ""}`;
    }
    case "not-a-defect":
      return `Incident ${number} closed as no defect: ${what}.`;
    case "reopen":
      return `Incident ${number} reopened: ${what}.`;
  }
}
