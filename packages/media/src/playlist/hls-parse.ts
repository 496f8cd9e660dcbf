import { GlasswatchError } from "@glasswatch/core/errors";
import { type ParsedByteRange, type ParsedKey, type ParsedManifest, type ParsedSegment, Parser } from "m3u8-parser";
import type { ByteRange } from "../net/resource-loader.ts";
import { badPlaylist, resolveUri } from "./bad-playlist.ts";
import { assertDecryptable } from "./hls-protection.ts";
import type { InitSection, Segment, SegmentKey } from "./segment.ts";

export interface HlsRendition {
  readonly url: string;
  readonly language?: string;
}

/** The best variant and every sound rendition that goes with it. */
export interface HlsMaster {
  readonly kind: "master";
  readonly variant: HlsRendition;
  /** Only those with playlists of their own; sound within the variant is not listed. */
  readonly audio: readonly HlsRendition[];
  /** `EXT-X-DEFINE` variables that media playlists may import. */
  readonly definitions: Readonly<Record<string, string>>;
}

export interface HlsMedia {
  readonly kind: "media";
  readonly segments: readonly Segment[];
  /** Nothing will be added. */
  readonly ended: boolean;
  readonly targetDurationSeconds: number;
}

/** No segment lasts longer than this, and 100 000 of them are a day of 1 s segments. */
const maxSegmentSeconds = 24 * 3600;

/**
 * Reads an HLS playlist (RFC 8216).
 *
 * @throws GlasswatchError when it is none, or cannot be decrypted, or names addresses that are not fetched
 */
export function parseHls(
  url: string,
  text: string,
  definitions: Readonly<Record<string, string>> = {},
): HlsMaster | HlsMedia {
  if (!/^\s*#EXTM3U/.test(text)) throw badPlaylist(url, "does not begin with #EXTM3U, so it is no HLS playlist");
  assertDecryptable(url, text);
  try {
    const manifest = runParser(url, text, definitions);
    return manifest.playlists?.length ? masterOf(url, manifest) : mediaOf(url, manifest);
  } catch (error) {
    if (error instanceof GlasswatchError) throw error;
    throw badPlaylist(url, "cannot be read as an HLS playlist", error);
  }
}

function runParser(url: string, text: string, mainDefinitions: Readonly<Record<string, string>>): ParsedManifest {
  const parser = new Parser({ uri: url, mainDefinitions });
  parser.addParser({ expression: /^#EXT-X-GAP/, customType: "gap", dataParser: () => true, segment: true });
  parser.push(text.endsWith("\n") ? text : `${text}\n`);
  parser.end();
  return parser.manifest;
}

function masterOf(url: string, manifest: ParsedManifest): HlsMaster {
  const variants = (manifest.playlists ?? []).filter(({ uri }) => uri !== undefined);
  const best = variants.toSorted((a, b) => rank(b) - rank(a))[0];
  if (best === undefined) throw badPlaylist(url, "names no variant");
  const variant = { url: resolveUri(best.uri, url, "a variant") };
  const group = best.attributes?.AUDIO;
  const renditions = group === undefined ? {} : (manifest.mediaGroups?.AUDIO?.[group] ?? {});
  const audio = new Map<string, HlsRendition>();
  for (const { uri, language } of Object.values(renditions)) {
    if (uri === undefined) continue;
    const address = resolveUri(uri, url, "a sound rendition");
    if (address !== variant.url) audio.set(address, { url: address, ...(language !== undefined && { language }) });
  }
  return { kind: "master", variant, audio: [...audio.values()], definitions: manifest.definitions ?? {} };
}

type Variant = NonNullable<ParsedManifest["playlists"]>[number];

function rank({ attributes }: Variant): number {
  const pixels = (attributes?.RESOLUTION?.width ?? 0) * (attributes?.RESOLUTION?.height ?? 0);
  const bandwidth = attributes?.BANDWIDTH ?? 0;
  // Pixels only decide between equal bandwidths.
  return (Number.isFinite(bandwidth) ? bandwidth : 0) + (Number.isFinite(pixels) ? pixels : 0) / 1e12;
}

function mediaOf(url: string, manifest: ParsedManifest): HlsMedia {
  if (manifest.iFramesOnly)
    throw badPlaylist(url, "holds key frames only (EXT-X-I-FRAMES-ONLY); give a full rendition");
  const sequence = manifest.mediaSequence ?? 0;
  let startSeconds = 0;
  const segments = (manifest.segments ?? [])
    .filter(({ uri }) => uri !== undefined)
    .map((parsed, index) => {
      const segment = segmentOf(url, parsed, sequence + index, startSeconds);
      startSeconds += segment.durationSeconds;
      return segment;
    });
  // For want of a valid target duration; never so short that reloading would weigh on the server.
  const longest = segments.reduce((most, { durationSeconds }) => Math.max(most, durationSeconds), 0.2);
  // RFC 8216 §4.3.3.5: a VOD playlist never changes, so one without an end tag is at its end as well.
  const ended = manifest.endList === true || manifest.playlistType === "VOD";
  if (ended && segments.length === 0) throw badPlaylist(url, "has no segments");
  return { kind: "media", segments, ended, targetDurationSeconds: manifest.targetDuration || longest };
}

function segmentOf(url: string, parsed: ParsedSegment, number: number, startSeconds: number): Segment {
  const durationSeconds = parsed.duration ?? 0;
  if (!(durationSeconds >= 0 && durationSeconds <= maxSegmentSeconds)) {
    throw badPlaylist(url, `segment ${number} claims to last ${durationSeconds} s`);
  }
  const range = rangeOf(url, parsed.byterange);
  const key = keyOf(url, parsed.key, number);
  const init = initOf(url, parsed.map, number);
  return {
    number,
    url: resolveUri(parsed.uri, url, `segment ${number}`),
    startSeconds,
    durationSeconds,
    timeline: parsed.timeline ?? 0,
    clockOffsetSeconds: 0,
    gap: parsed.custom?.gap === true,
    optional: false,
    ...(range && { range }),
    ...(key && { key }),
    ...(init && { init }),
  };
}

function initOf(url: string, map: ParsedSegment["map"], number: number): InitSection | undefined {
  if (map === undefined) return undefined;
  const range = rangeOf(url, map.byterange);
  const key = keyOf(url, map.key, number);
  const address = resolveUri(map.uri, url, "an initialisation section");
  return { url: address, ...(range && { range }), ...(key && { key }) };
}

function rangeOf(url: string, parsed: ParsedByteRange | undefined): ByteRange | undefined {
  if (parsed?.length === undefined) return undefined;
  const range = { offsetBytes: parsed.offset ?? 0, lengthBytes: parsed.length };
  const valid = Number.isSafeInteger(range.offsetBytes + range.lengthBytes) && range.offsetBytes >= 0;
  if (!valid || range.lengthBytes < 1) throw badPlaylist(url, "has a byte range that makes no sense");
  return range;
}

function keyOf(url: string, parsed: ParsedKey | null | undefined, number: number): SegmentKey | undefined {
  if (!parsed) return undefined;
  return { url: resolveUri(parsed.uri, url, "a key"), iv: parsed.iv ? bigEndian(url, parsed.iv) : sequenceIv(number) };
}

function bigEndian(url: string, words: Uint32Array): Uint8Array {
  if (words.length !== 4) throw badPlaylist(url, "has an IV that is not 128 bits long");
  const iv = new Uint8Array(16);
  words.forEach((word, index) => {
    new DataView(iv.buffer).setUint32(index * 4, word);
  });
  return iv;
}

/** RFC 8216 §5.2: without an IV, the media sequence number is it, big-endian. */
function sequenceIv(number: number): Uint8Array {
  const iv = new Uint8Array(16);
  new DataView(iv.buffer).setBigUint64(8, BigInt(number));
  return iv;
}
