import type { Incident } from "@glasswatch/core/incident";
import { severities } from "@glasswatch/core/severity";
import type { Stores } from "./stores.ts";
import { type Answer, kindsOf, lasting, listed, streamName } from "./words.ts";

/** More than anybody reads in a line. */
const most = 100;

/** What is open now, the worst first. */
export async function answerStatus(stores: Stores): Promise<Answer> {
  const { items, next } = await stores.incidents.listOpen({ limit: most });
  const told = items.filter(({ muted }) => !muted);
  const muted = items.length - told.length;
  const count = `${told.length}${next === null ? "" : "+"} open${muted > 0 ? `, ${muted} muted` : ""}`;
  if (told.length === 0) return { done: true, text: muted > 0 ? `${count}.` : "Nothing is open." };
  const worst = told.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  const lines = await Promise.all(worst.slice(0, 8).map((incident) => lineOf(incident, stores)));
  return { done: true, text: listed(`${count}: `, [...lines, ...worst.slice(8).map(() => "")]) };
}

async function lineOf(incident: Incident, stores: Stores): Promise<string> {
  const { number, severity, streamId, status, openedAt } = incident;
  const name = await streamName(streamId, stores, incident);
  const held = status === "acknowledged" ? " ack" : "";
  return `${number} ${severity} ${name} ${kindsOf(incident)} ${lasting(openedAt, stores.now())}${held}`;
}
