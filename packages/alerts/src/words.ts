import type { Finding, Measurement } from "@glasswatch/core/finding";
import { type IncidentChange, streamNameIn } from "@glasswatch/core/incident";
import type { Stream } from "@glasswatch/core/state/streams";
import type { News } from "./news.ts";

/** What people call a kind of defect, those of streams themselves included. */
export function titleOfKind(kind: string, titleOf: (kind: string) => string): string {
  if (kind === "stream-failed") return "Stream failed";
  if (kind === "stream-stalled") return "Stream stalled";
  return titleOf(kind);
}

interface NamedStreams extends Pick<News, "incident"> {
  readonly streams: readonly Pick<Stream, "id" | "name">[];
}

/** What a stream is called; one that was removed, as it was when the incident first told of it. */
export function nameOfStream(id: string, { streams, incident }: NamedStreams): string {
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
export function changeInWords({ what, by, note }: IncidentChange, news: NamedStreams): string {
  const who = by.via === "system" ? "" : ` by ${by.name}`;
  const { streamIds } = news.incident;
  const named = note?.replace(/[^\s,]+/g, (word) => (streamIds.includes(word) ? nameOfStream(word, news) : word));
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
