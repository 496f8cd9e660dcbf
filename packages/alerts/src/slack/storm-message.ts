import { type Severity, severities } from "@glasswatch/core/severity";
import type { Links } from "../links.ts";
import { limits, type MessageBlock, type SlackMessage } from "./blocks.ts";
import { button } from "./buttons.ts";
import { lightOf } from "./incident-message.ts";
import { linesWithin, linkTo, mrkdwn, name, plain } from "./mrkdwn.ts";
import type { StormEntry, StormPage } from "./storms.ts";

export interface StormMessageContext {
  readonly channel: string;
  readonly pageId: string;
  readonly links: Links;
}

/** The incidents of a storm in one message: the most severe first, none left out. */
export function stormMessage({ entries }: StormPage, { channel, pageId, links }: StormMessageContext): SlackMessage {
  const title = headline(entries);
  const waiting = entries.filter(({ status }) => status === "open");
  const confirm = `Nobody else is then called to these ${waiting.length} incidents.`;
  const acknowledge = button(
    "acknowledge-all",
    `Acknowledge all ${waiting.length}`,
    { channel, storm: pageId },
    { confirm },
  );
  return {
    text: name(title, 200),
    blocks: [
      { type: "header", text: plain(title, limits.header) },
      ...sections(sorted(entries).map((entry) => stormLine(entry, links))),
      ...(waiting.length > 0 ? [{ type: "actions" as const, elements: [acknowledge] }] : []),
      { type: "context", elements: [mrkdwn(explanation)] },
    ],
  };
}

const explanation =
  "More began at once than a channel can be told one by one: these share a message, which is kept up to date.";

/** Open criticals that people in the channel were not called to yet. */
export function uncalled({ entries }: StormPage, calledIds: readonly string[]): readonly StormEntry[] {
  return entries.filter(
    ({ incidentId, severity, status, muted }) =>
      severity === "critical" && status === "open" && !muted && !calledIds.includes(incidentId),
  );
}

/** Calls people to criticals that came into a message that they have seen. */
export function callText(entries: readonly StormEntry[], links: Links): string {
  const count = entries.length === 1 ? "One more is critical" : `${entries.length} more are critical`;
  return linesWithin([`🔴 ${count}:`, ...entries.map((entry) => stormLine(entry, links))], limits.section);
}

/** Of an incident, in a storm's message. */
export function stormLine(entry: Omit<StormEntry, "room">, links: Links): string {
  return `${lightOf(entry)} ${linkTo(links.incident(entry.number), `#${entry.number}`)} ${name(entry.subject)}`;
}

function headline(entries: readonly StormEntry[]): string {
  const open = entries.filter(({ status }) => status !== "resolved");
  if (open.length === 0) return `🟢 Storm over: ${entries.length} incidents, all resolved`;
  const counts = severities
    .toReversed()
    .map((severity) => [severity, open.filter((entry) => entry.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  const resolved = entries.length - open.length;
  return `🌩 Storm: ${open.length} incidents open, ${counts.join(", ")}${resolved > 0 ? `; ${resolved} resolved` : ""}`;
}

function sorted(entries: readonly StormEntry[]): readonly StormEntry[] {
  const rank = (severity: Severity) => severities.indexOf(severity);
  const isOver = ({ status }: StormEntry) => (status === "resolved" ? 1 : 0);
  return entries.toSorted(
    (a, b) => isOver(a) - isOver(b) || rank(b.severity) - rank(a.severity) || a.number - b.number,
  );
}

/** As many lines in each section as it holds. */
function sections(lines: readonly string[]): readonly MessageBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= limits.section)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map((text) => ({ type: "section", text: mrkdwn(text) }));
}
