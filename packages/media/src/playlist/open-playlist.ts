import type { FetchedSource, SourceGroup } from "../byte-source.ts";
import type { ResourceLoader, TextResource } from "../net/resource-loader.ts";
import { badPlaylist } from "./bad-playlist.ts";
import { liveSupply } from "./hls-live.ts";
import { type HlsMaster, type HlsMedia, type HlsRendition, parseHls } from "./hls-parse.ts";
import { fromLiveEdge } from "./live-edge.ts";
import { fixedSupply } from "./segment.ts";
import { segmentGroup } from "./segment-group.ts";

export interface PlaylistOptions {
  readonly loader: ResourceLoader;
  /** See `LiveSupplyOptions`. */
  readonly staleMs: number;
  /** See `OpenOptions.liveEdge`. */
  readonly liveEdge?: boolean | undefined;
}

/** `hls`, `dash`, or null for anything else, by the first bytes. */
export function playlistKind(head: string): "hls" | "dash" | null {
  const start = head.replace(/^\uFEFF/, "").trimStart();
  if (start.startsWith("#EXTM3U")) return "hls";
  return start.startsWith("<") && /<MPD[\s>]/.test(start) ? "dash" : null;
}

/**
 * Opens a playlist's best picture and all its sound as groups of segments.
 *
 * A live HLS playlist is read from the oldest segment that it holds, or from its live edge where that is asked for, and
 * then followed until it ends, or until the caller has enough: a scan analyses to the end, and its user says where that is
 * by `--to` or Ctrl-C.
 */
export async function openPlaylist(top: TextResource, options: PlaylistOptions): Promise<FetchedSource> {
  const groups = playlistKind(top.text) === "dash" ? await dashGroups(top, options) : await hlsGroups(top, options);
  return {
    groups,
    live: groups.some(({ durationSeconds }) => durationSeconds === null),
    async close() {
      await Promise.allSettled(groups.map((group) => group.close()));
      await options.loader.close();
    },
  };
}

async function dashGroups({ url, text }: TextResource, { loader }: PlaylistOptions): Promise<SourceGroup[]> {
  // An XML parser that HLS does without.
  const { parseDash } = await import("./dash-parse.ts");
  const { durationSeconds, renditions } = parseDash(url, text);
  return renditions.map(({ segments, language }) => {
    const total = durationSeconds ?? segments.reduce((sum, segment) => sum + segment.durationSeconds, 0);
    return segmentGroup({
      url,
      loader,
      supply: fixedSupply(segments),
      durationSeconds: total,
      segmentCount: segments.length,
      ...(language !== undefined && { language }),
    });
  });
}

async function hlsGroups({ url, text }: TextResource, options: PlaylistOptions): Promise<SourceGroup[]> {
  const parsed = parseHls(url, text);
  if (parsed.kind === "media") return mediaGroups([{ rendition: { url }, media: parsed }], {}, options);
  const renditions = [parsed.variant, ...parsed.audio];
  const loaded = await Promise.all(renditions.map((rendition) => loadMedia(rendition, parsed, options.loader)));
  return mediaGroups(loaded, parsed.definitions, options);
}

interface LoadedRendition {
  readonly rendition: HlsRendition;
  readonly media: HlsMedia;
}

function mediaGroups(
  loaded: readonly LoadedRendition[],
  definitions: HlsMaster["definitions"],
  options: PlaylistOptions,
): SourceGroup[] {
  const whole = loaded.map(({ media }) => media);
  const wanted = options.liveEdge ? fromLiveEdge(whole) : whole;
  return loaded.map(({ rendition, media }, index) =>
    mediaGroup(rendition, wanted[index] ?? media, definitions, options),
  );
}

async function loadMedia(
  rendition: HlsRendition,
  { definitions }: HlsMaster,
  loader: ResourceLoader,
): Promise<LoadedRendition> {
  const { url, text } = await loader.readText(rendition.url);
  const media = parseHls(url, text, definitions);
  if (media.kind === "master") throw badPlaylist(url, "is a master playlist where a media playlist should be");
  return { rendition: { ...rendition, url }, media };
}

function mediaGroup(
  { url, language }: HlsRendition,
  media: HlsMedia,
  definitions: Readonly<Record<string, string>>,
  { loader, staleMs }: PlaylistOptions,
): SourceGroup {
  const { ended, segments } = media;
  const total = segments.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  return segmentGroup({
    url,
    loader,
    supply: ended ? fixedSupply(segments) : liveSupply({ url, loader, first: media, definitions, staleMs }),
    durationSeconds: ended ? total : null,
    segmentCount: ended ? segments.length : null,
    ...(language !== undefined && { language }),
  });
}
