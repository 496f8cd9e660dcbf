import type { Incident } from "@glasswatch/core/incident";
import { spanInWords } from "@glasswatch/core/incident-words";
import { severities } from "@glasswatch/core/severity";
import type { Notice } from "../notice.ts";

export interface DigestFacts {
  /** Those that were opened since, or are open; others are left out. */
  readonly incidents: readonly Incident[];
  /** What people call streams, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly from: string;
  readonly until: string;
}

/** Incidents that are named; of the others there is a number. */
const mostNamed = 10;

/** What happened between two times, for people who were not there. */
export function digestNotice({ incidents, names, from, until }: DigestFacts): Notice {
  const isIn = (at: string | null) => at !== null && at >= from && at < until;
  const opened = incidents.filter(({ openedAt }) => isIn(openedAt));
  const resolved = incidents.filter(({ status, resolvedAt }) => status === "resolved" && isIn(resolvedAt));
  const open = incidents.filter(({ status }) => status !== "resolved").toSorted(worstFirst);
  const [worst] = opened.toSorted(worstFirst);
  const repairs = repairsIn(incidents, isIn);
  const inWords = (incident: Incident) => incidentInWords(incident, names, until);

  const counts = severities
    .toReversed()
    .map((severity) => ({ severity, count: opened.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  const openedText = `${opened.length} opened${counts.length > 0 ? ` (${counts.join(", ")})` : ""}`;
  const summary = `${openedText}, ${resolved.length} resolved, ${open.length} open`;
  const repaired = `Repairs: ${repairs.succeeded} verified, ${repairs.failed} failed`;
  const hadRepairs = repairs.succeeded + repairs.failed > 0;
  const more = open.length - mostNamed;
  return {
    key: `digest:${Date.parse(until)}`,
    type: "digest",
    at: new Date(until),
    title: `Glasswatch: ${summary}`,
    lines: [
      ...open.slice(0, mostNamed).map((incident) => `Open: ${inWords(incident)}`),
      ...(more > 0 ? [`Open: ${more} more`] : []),
      ...(worst && worst.status === "resolved" ? [`Worst: ${inWords(worst)}`] : []),
      ...(hadRepairs ? [repaired] : []),
    ],
    short: `Glasswatch: ${summary}.${open[0] ? ` Worst: #${open[0].number} ${open[0].severity}.` : ""}${hadRepairs ? ` ${repaired}.` : ""}`,
  };
}

function worstFirst(a: Incident, b: Incident): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity) || a.openedAt.localeCompare(b.openedAt);
}

function repairsIn(incidents: readonly Incident[], isIn: (at: string) => boolean) {
  const changes = incidents.flatMap(({ history }) => history.filter(({ at }) => isIn(at)));
  const count = (what: (typeof changes)[number]["what"]) => changes.filter((change) => change.what === what).length;
  return { succeeded: count("repair-succeeded"), failed: count("repair-failed") };
}

/** `#12 critical frozen-picture, Channel 5: 12 min` */
function incidentInWords(incident: Incident, names: ReadonlyMap<string, string>, until: string): string {
  const { number, severity, parts, streamId, streamIds, openedAt, resolvedAt, acknowledged } = incident;
  const kind = parts.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))[0]?.kind;
  const others = streamIds.length > 1 ? ` and ${streamIds.length - 1} more` : "";
  const seconds = Math.max(0, (Date.parse(resolvedAt ?? until) - Date.parse(openedAt)) / 1000);
  const held = acknowledged && resolvedAt === null ? `, acknowledged by ${acknowledged.by.name}` : "";
  const about = `${names.get(streamId) ?? streamId}${others}`;
  return `#${number} ${severity} ${kind ?? "incident"}, ${about}: ${spanInWords(seconds)}${held}`;
}
