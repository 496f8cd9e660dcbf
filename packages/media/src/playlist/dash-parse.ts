import { GlasswatchError, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { DOMParser } from "@xmldom/xmldom";
import { type DashPlaylist, inheritAttributes, type RepresentationInfo, toPlaylists } from "mpd-parser";
import { badPlaylist, encrypted } from "./bad-playlist.ts";
import { dashSegments } from "./dash-segments.ts";
import type { Segment } from "./segment.ts";

export interface DashRendition {
  readonly language?: string;
  readonly segments: readonly Segment[];
}

/** A static manifest's best picture and every sound, picture first. */
export interface DashPresentation {
  readonly durationSeconds: number | null;
  readonly renditions: readonly DashRendition[];
}

/** A day of 1 s segments, and what fits into memory with ease. A manifest of a few bytes can ask for billions. */
const maxSegments = 100_000;

/**
 * Reads a static DASH manifest (ISO/IEC 23009-1).
 *
 * @throws GlasswatchError when it is none, is protected, or names addresses that are not fetched
 */
export function parseDash(url: string, text: string): DashPresentation {
  const plain = text.replace(/<!--.*?-->/gs, "");
  // Entities multiply; no manifest needs any.
  if (/<!DOCTYPE|<!ENTITY/i.test(plain))
    throw badPlaylist(url, "declares a document type, which no DASH manifest does");
  assertClear(url, plain);
  if (/<MPD\b[^>]*\btype\s*=\s*["']dynamic["']/i.test(plain)) {
    const advice = "only static manifests are read; give the HLS address of the stream";
    throw inputError("unsupported-protocol", `${maskUrl(url)}: live DASH (type="dynamic"); ${advice}`);
  }
  try {
    return presentationOf(url, plain);
  } catch (error) {
    if (error instanceof GlasswatchError) throw error;
    throw badPlaylist(url, "cannot be read as a DASH manifest", error);
  }
}

const systems: Readonly<Record<string, string>> = {
  "urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed": "Widevine",
  "urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95": "PlayReady",
  "urn:uuid:94ce86fb-07ff-4f43-adb8-93d2fa968ca2": "FairPlay",
  "urn:uuid:1077efec-c0b2-4d02-ace3-3c1e52e2fb4b": "ClearKey",
  "urn:mpeg:dash:mp4protection:2011": "Common Encryption",
};

function assertClear(url: string, text: string): void {
  const schemes = [...text.matchAll(/<ContentProtection\b[^>]*?schemeIdUri\s*=\s*["']([^"']*)["']/gi)];
  if (schemes.length === 0) return;
  const names = schemes.map(([, scheme = ""]) => systems[scheme.toLowerCase()] ?? scheme.slice(0, 60));
  throw encrypted(url, [...new Set(names)].join(", "));
}

/** The root element. Mpd-parser's own way to it writes what it finds wrong to the console and goes on. */
function rootOf(text: string): Element {
  const fail = (message: string) => {
    throw new Error(message);
  };
  const errorHandler = { warning() {}, error: fail, fatalError: fail };
  const root = new DOMParser({ errorHandler }).parseFromString(text, "application/xml").documentElement;
  if (root.tagName !== "MPD") throw new Error("no MPD element");
  return root;
}

function presentationOf(url: string, text: string): DashPresentation {
  const { representationInfo } = inheritAttributes(rootOf(text), { manifestUri: url });
  const starts = [...new Set(representationInfo.map(({ attributes }) => attributes.periodStart ?? 0))].sort(
    (a, b) => a - b,
  );
  const sourceDuration = representationInfo[0]?.attributes.sourceDuration ?? 0;
  const tracks = new Map<string, RepresentationInfo[]>();
  for (const [index, start] of starts.entries()) {
    const period = representationInfo.filter(({ attributes }) => (attributes.periodStart ?? 0) === start);
    const end = starts[index + 1] ?? sourceDuration;
    for (const [key, chosen] of bestOf(period)) {
      const bounded = withDuration(chosen, end - start);
      tracks.set(key, [...(tracks.get(key) ?? []), bounded]);
    }
  }
  const keys = [...tracks.keys()].sort((a, b) => Number(b === "video") - Number(a === "video"));
  if (keys.length === 0) throw badPlaylist(url, "offers neither picture nor sound");
  const renditions = keys.map((key) => renditionOf(url, starts, tracks.get(key) ?? []));
  return { durationSeconds: sourceDuration > 0 ? sourceDuration : null, renditions };
}

/** Of each kind of track the representation with the highest bandwidth, by a key that names the track in every period. */
function bestOf(period: readonly RepresentationInfo[]): Map<string, RepresentationInfo> {
  const best = new Map<string, RepresentationInfo>();
  for (const info of period) {
    const key = trackKey(info);
    const rival = key === null ? undefined : best.get(key);
    if (key !== null && (rival === undefined || bandwidthOf(info) > bandwidthOf(rival))) best.set(key, info);
  }
  return best;
}

function bandwidthOf({ attributes }: RepresentationInfo): number {
  return attributes.bandwidth ?? 0;
}

function trackKey({ attributes }: RepresentationInfo): string | null {
  const { mimeType = "", contentType = "", codecs = "", lang = "", label = "", role } = attributes;
  const kind = `${mimeType || contentType}/`.split("/", 1)[0];
  if (kind === "video") return "video";
  const sound = kind === "audio" || /^(mp4a|ac-3|ec-3|opus|flac)/i.test(codecs);
  return sound ? ["audio", lang, label, role?.value ?? ""].join(" ") : null;
}

/** The parser takes a period without a duration to be as long as the whole presentation. */
function withDuration(info: RepresentationInfo, periodSeconds: number): RepresentationInfo {
  if (info.attributes.periodDuration !== undefined || !(periodSeconds > 0)) return info;
  return { ...info, attributes: { ...info.attributes, periodDuration: periodSeconds } };
}

function renditionOf(url: string, starts: readonly number[], infos: readonly RepresentationInfo[]): DashRendition {
  const count = infos.reduce((sum, info) => sum + expectedSegments(url, info), 0);
  if (count > maxSegments) throw badPlaylist(url, `asks for more than ${maxSegments.toLocaleString("en")} segments`);
  const segments = toPlaylists(infos).flatMap((playlist: DashPlaylist) =>
    dashSegments(url, playlist, starts.indexOf(playlist.attributes.periodStart ?? 0)),
  );
  if (segments.length === 0) throw badPlaylist(url, "has no segments");
  const language = infos.find(({ attributes }) => attributes.lang !== undefined)?.attributes.lang;
  return { segments, ...(language !== undefined && language !== "und" && { language }) };
}

/** How many segments the parser would make of this. */
function expectedSegments(url: string, { attributes, segmentInfo }: RepresentationInfo): number {
  const seconds = attributes.periodDuration ?? attributes.sourceDuration ?? 0;
  const { duration = 0, timescale = 1 } = segmentInfo.template ?? segmentInfo.list ?? {};
  const timeline = segmentInfo.segmentTimeline;
  const sane = Number.isFinite(seconds) && seconds >= 0 && timescale > 0 && duration >= 0;
  if (!sane) throw badPlaylist(url, "has durations that make no sense");
  if (duration > 0) return (seconds * timescale) / duration;
  if (timeline === undefined) return 1;
  return timeline.reduce((sum, { d = 0, r = 0 }) => {
    if (!(d > 0)) throw badPlaylist(url, "has a segment without a duration");
    return sum + (r < 0 ? (seconds * timescale) / d : r + 1);
  }, 0);
}
