import type { Incident } from "@glasswatch/core/incident";
import { severities } from "@glasswatch/core/severity";
import { fitting, messageSeptets, septetsOf, shortened, toGsm7 } from "./gsm7.ts";
import type { IncidentNews } from "./incident-news.ts";

/** An incident as a text message speaks of it. */
export interface SmsSubject {
  readonly number: number;
  readonly severity: Incident["severity"];
  /** Kinds of defects, the worst first. */
  readonly kinds: readonly string[];
  /** Of the stream that it began with, as people call it. */
  readonly stream: string;
  readonly furtherStreams: number;
  readonly openedAt: string;
  readonly resolvedAt: string | null;
  /** To read on; null where there is none. */
  readonly link: string | null;
}

/** Who reads it. */
export interface SmsReader {
  /** IANA name. Null: times are UTC, and say so. */
  readonly timeZone: string | null;
  readonly mayCommand: boolean;
}

interface SubjectNames {
  /** Of the stream that it began with. */
  readonly stream: string;
  readonly link: string | null;
}

export function subjectOf(incident: Incident, { stream, link }: SubjectNames): SmsSubject {
  const { number, severity, parts, streamIds, openedAt, resolvedAt } = incident;
  const shown = parts.filter(({ open, mutedBy }) => open && mutedBy === null);
  const worstFirst = (shown.length > 0 ? shown : parts).toSorted(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity),
  );
  const kinds = [...new Set(worstFirst.map(({ kind }) => kind))];
  const furtherStreams = streamIds.length - 1;
  return { number, severity, kinds, stream, furtherStreams, openedAt, resolvedAt, link };
}

const prefixes: Partial<Record<IncidentNews["what"], string>> = {
  ...{ reopened: "AGAIN ", worsened: "WORSE ", escalated: "ESCALATED ", repeated: "STILL ", unmuted: "" },
  ...{ "repair-failed": "REPAIR FAILED ", "repair-abandoned": "REPAIR GIVEN UP ", "acknowledgement-expired": "STILL " },
};

/** So much is kept for what it is about, and where: an address that leaves less is left out. */
const leastSubject = 20;

/** `CRITICAL #12 frozen-picture: Channel 5, since 14:02. https://glasswatch.example/i/12.… Reply ACK 12` */
export function incidentText(subject: SmsSubject, what: IncidentNews["what"], reader: SmsReader): string {
  const { number, severity, openedAt, link } = subject;
  const before = `${prefixes[what] ?? ""}${severity.toUpperCase()} #${number} `;
  const reply = reader.mayCommand ? ` Reply ACK ${number}` : "";
  const since = `, since ${clockOf(openedAt, reader)}.`;
  const linked = link === null ? null : `${since} ${link}${reply}`;
  const hasRoom = linked !== null && septetsOf(`${before}: ${linked}`) + leastSubject <= messageSeptets;
  return withSubject(subject, before, hasRoom ? linked : `${since}${reply}`);
}

/** `OK #12 frozen-picture: Channel 5, after 12 min.` */
export function resolvedText(subject: SmsSubject): string {
  const { number, openedAt, resolvedAt } = subject;
  const after = resolvedAt === null ? "." : `, after ${lasting(Date.parse(resolvedAt) - Date.parse(openedAt))}.`;
  return withSubject(subject, `OK #${number} `, after);
}

/** Between the beginning and the end, which stay whole, as much of what it is about as there is room for. */
function withSubject({ kinds, stream, furtherStreams }: SmsSubject, before: string, after: string): string {
  const [kind = "incident", ...furtherKinds] = kinds.map(toGsm7);
  const moreKinds = furtherKinds.length > 0 ? `+${furtherKinds.length}` : "";
  const moreStreams = furtherStreams > 0 ? ` +${furtherStreams} more` : "";
  const frame = `${before}${moreKinds}: ${moreStreams}${after}`;
  const room = messageSeptets - septetsOf(frame);
  const shownKind = shortened(kind, Math.min(room, 40));
  const shownStream = shortened(toGsm7(stream), room - septetsOf(shownKind));
  return fitting(`${before}${shownKind}${moreKinds}: ${shownStream}${moreStreams}${after}`, messageSeptets);
}

export interface BundledIncident extends SmsSubject {
  /** It is over, which is all that is told of it. */
  readonly over: boolean;
}

/**
 * Several incidents in one message, in the order given, the most severe of them first: as many as there is room for, and how
 * many more there are.
 */
export function bundleText(incidents: readonly BundledIncident[], { mayCommand }: SmsReader): string {
  const hint = mayCommand ? " Reply STATUS" : "";
  const entries = incidents.map(entryOf);
  for (let shown = entries.length; shown > 0; shown--) {
    const more = entries.length - shown;
    const text = `${entries.slice(0, shown).join("; ")}${more > 0 ? `; ${more} more.` : "."}${hint}`;
    if (septetsOf(text) <= messageSeptets) return text;
  }
  return fitting(`${incidents.length} incidents.${hint}`, messageSeptets);
}

const shortSeverities = { critical: "CRIT", major: "MAJ", minor: "MIN", info: "INFO" } as const;

function entryOf({ number, severity, kinds, stream, over }: BundledIncident): string {
  const what = over ? "OK" : shortSeverities[severity];
  return `${what} #${number} ${shortened(toGsm7(kinds[0] ?? "incident"), 18)} ${shortened(toGsm7(stream), 18)}`;
}

const dayMs = 86_400_000;

/** Whoever reads it looks at a clock: the day is said where it is another. */
function clockOf(at: string, { timeZone }: SmsReader): string {
  const date = new Date(at);
  const clock = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: timeZone ?? "UTC" });
  return timeZone === null ? `${clock} UTC` : clock;
}

function lasting(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return ms < 2 * dayMs ? `${Math.round(minutes / 60)} h` : `${Math.round(ms / dayMs)} days`;
}
