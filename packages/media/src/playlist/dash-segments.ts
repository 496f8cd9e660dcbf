import type { DashPlaylist, DashSegment, ParsedRange } from "mpd-parser";
import type { ByteRange } from "../net/resource-loader.ts";
import { badPlaylist, resolveUri } from "./bad-playlist.ts";
import type { InitSection, Segment } from "./segment.ts";

/** The segments of one representation in one period. */
export function dashSegments(url: string, playlist: DashPlaylist, timeline: number): Segment[] {
  const { attributes, segments = [] } = playlist;
  const periodStart = attributes.periodStart ?? 0;
  const offset = (attributes.presentationTimeOffset ?? 0) / (attributes.timescale ?? 1);
  const common = { timeline, clockOffsetSeconds: periodStart - offset, gap: false };
  const [first] = segments;
  if (playlist.sidx !== undefined || first === undefined || first.map?.resolvedUri === undefined) {
    if (segments.length <= 1) return [wholeFile(url, playlist, common)];
  }
  return segments.map((segment, index) => ({
    ...common,
    number: index + 1,
    url: resolveUri(segment.resolvedUri, url, `segment ${index + 1}`),
    startSeconds: segment.presentationTime ?? periodStart,
    durationSeconds: segment.duration ?? 0,
    optional: isRemnant(segments, index),
    ...rangeOf(url, segment.byterange),
    ...initOf(url, segment),
  }));
}

/**
 * A template gives a period as many segments as its length divided by theirs, rounded up; when the division does not come
 * out even by a hair, the last of them was never made.
 */
function isRemnant(segments: readonly DashSegment[], index: number): boolean {
  if (index === 0 || index !== segments.length - 1) return false;
  return (segments[index]?.duration ?? 0) < (segments[index - 1]?.duration ?? 0) / 2;
}

/** One file holds the whole representation, its index included: it is read from its start, and the index not needed. */
function wholeFile(
  url: string,
  { attributes, segments = [], sidx }: DashPlaylist,
  common: Pick<Segment, "timeline" | "clockOffsetSeconds" | "gap">,
): Segment {
  const { periodStart, periodDuration, sourceDuration = 0, baseUrl } = attributes;
  const address = sidx?.resolvedUri ?? segments[0]?.resolvedUri ?? baseUrl;
  return {
    ...common,
    number: 1,
    url: resolveUri(address, url, "a representation"),
    startSeconds: periodStart ?? 0,
    durationSeconds: periodDuration ?? sourceDuration,
    optional: false,
  };
}

function initOf(url: string, { map }: DashSegment): { init?: InitSection } {
  // Without an initialisation segment the parser gives the address of the folder.
  if (!map?.uri && map?.byterange === undefined) return {};
  const address = resolveUri(map.resolvedUri, url, "an initialisation segment");
  return { init: { url: address, ...rangeOf(url, map.byterange) } };
}

function rangeOf(url: string, parsed: ParsedRange | undefined): { range?: ByteRange } {
  if (parsed === undefined) return {};
  const range = { offsetBytes: Number(parsed.offset), lengthBytes: Number(parsed.length) };
  const valid = Number.isSafeInteger(range.offsetBytes + range.lengthBytes) && range.offsetBytes >= 0;
  if (!valid || range.lengthBytes < 1) throw badPlaylist(url, "has a byte range that makes no sense");
  return { range };
}
