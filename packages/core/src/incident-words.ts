import type { Finding, Measurement } from "./finding.ts";
import { type Incident, type IncidentChange, type IncidentPart, streamNameIn } from "./incident.ts";
import type { Repair } from "./repair.ts";
import type { Stream } from "./state/streams.ts";

/* What people are told of incidents, in the words that messages and the page of an incident share. */

/** What people call a kind of defect, those of streams themselves included. */
export function titleOfKind(kind: string, titleOf: (kind: string) => string): string {
  if (kind === "stream-failed") return "Stream failed";
  if (kind === "stream-stalled") return "Stream stalled";
  return titleOf(kind);
}

/** An incident, and those of its streams that are still there. */
export interface IncidentWithStreams {
  readonly incident: Incident;
  readonly streams: readonly Pick<Stream, "id" | "name">[];
}

/** What a stream is called; one that was removed, as it was when the incident first told of it. */
export function nameOfStream(id: string, { streams, incident }: IncidentWithStreams): string {
  return streams.find((stream) => stream.id === id)?.name ?? streamNameIn(incident, id) ?? id;
}

/** `stillness 0.98 (threshold 0.95)`, `loudness −31.2 LUFS (threshold −23 LUFS)` */
export function measured({ name, value, unit, threshold }: Measurement): string {
  const withUnit = (number: number) => (unit === "" ? inWords(number) : `${inWords(number)} ${unit}`);
  const limit = threshold === undefined ? "" : ` (threshold ${withUnit(threshold)})`;
  return `${name} ${withUnit(value)}${limit}`;
}

function inWords(value: number): string {
  return value.toLocaleString("en-GB", { maximumSignificantDigits: 4, useGrouping: false }).replace("-", "−");
}

/** `video`, `audio track 2`, `audio, channel 1`; tracks and channels are counted from 1 for people. */
export function subjectInWords({ media, track, channel }: Finding["subject"]): string {
  const which = track === 0 ? media : `${media} track ${track + 1}`;
  return channel === undefined ? which : `${which}, channel ${channel + 1}`;
}

/** `40 s`, `12 min`, `3 h 20 min`, `2 d 4 h` */
export function spanInWords(seconds: number): string {
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600)];
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return seconds >= 120 ? `${minutes} min` : `${Math.round(seconds)} s`;
}

/** A line of an incident's history as a sentence without its time, with streams by their names. */
export function changeInWords({ what, by, note }: IncidentChange, about: IncidentWithStreams): string {
  const who = by.via === "system" ? "" : ` by ${by.name}`;
  const { streamIds } = about.incident;
  const named = note?.replace(/[^\s,]+/g, (word) => (streamIds.includes(word) ? nameOfStream(word, about) : word));
  return `${sentences[what]}${who}${named === undefined ? "" : `: ${named}`}`;
}

const sentences: Readonly<Record<IncidentChange["what"], string>> = {
  opened: "Opened",
  joined: "Another defect joined",
  worsened: "Got worse",
  changed: "Changed",
  muted: "Muted",
  unmuted: "No longer muted",
  flapping: "Comes and goes",
  steady: "No longer comes and goes",
  acknowledged: "Acknowledged",
  "acknowledgement-expired": "The acknowledgement has expired",
  escalated: "Nobody acknowledged it: passed on",
  repeated: "Still open",
  resolved: "Resolved",
  reopened: "Open again",
  "not-a-defect": "Marked as no defect",
  "repair-requested": "Repair requested",
  "repair-succeeded": "Repaired, and verified",
  "repair-failed": "Repair failed",
  "repair-abandoned": "Repair given up",
};

/** How far a repair is, after the name of its action. */
export const repairInWords: Readonly<Record<Repair["status"], string>> = {
  "awaiting-approval": "waits for somebody's approval",
  requested: "is about to begin",
  acting: "is being done",
  verifying: "is done; whether it helped is being measured",
  succeeded: "helped, as measured",
  failed: "failed",
  abandoned: "was given up",
};

/** Those that are open, or all where none is; the ones that people are told of first. */
export function partsToTell({ parts }: Pick<Incident, "parts">): readonly IncidentPart[] {
  const open = parts.filter((part) => part.open && !part.mutedBy);
  return open.length > 0 ? open : parts;
}

interface Names {
  readonly titleOf: (kind: string) => string;
  readonly nameOf: (streamId: string) => string;
}

/** `Frozen picture and 2 more on Channel 5` */
export function whatAndWhere(incident: Incident, { titleOf, nameOf }: Names): string {
  const kinds = [...new Set(partsToTell(incident).map(({ kind }) => titleOfKind(kind, titleOf)))];
  const streams = incident.streamIds.length - 1;
  const what = kinds.length > 1 ? `${kinds[0]} and ${kinds.length - 1} more` : (kinds[0] ?? "Trouble");
  return `${what} on ${nameOf(incident.streamId)}${streams > 0 ? ` and ${streams} more` : ""}`;
}
