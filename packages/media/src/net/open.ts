import { inputError } from "@glasswatch/core/errors";
import { filePath } from "@glasswatch/core/net/file-url";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import type { FetchedSource } from "../byte-source.ts";
import { openPlaylist, playlistKind } from "../playlist/open-playlist.ts";
import { type Fetcher, type FetcherOptions, openFetcher } from "./fetcher.ts";
import { httpCompleteness } from "./http-completeness.ts";
import { httpFile, keptWithoutRangesBytes } from "./http-file.ts";
import { compressed, httpLoader, playlistText, readPlaylist } from "./http-loader.ts";
import { type HttpStream, openHttpStream } from "./http-stream.ts";
import { isWeb } from "./is-fetched.ts";
import { fileUrl, localLoader } from "./local-loader.ts";
import { needsSeeking } from "./mp4-order.ts";
import { type PeekableStream, peekable } from "./peekable-stream.ts";

/** Enough to tell a playlist from a container. */
const sniffBytes = 4096;

export interface SourceOptions extends FetcherOptions {
  /** See `OpenOptions.liveEdge`. */
  readonly liveEdge?: boolean;
}

interface Opening {
  readonly fetcher: Fetcher;
  readonly liveEdge: boolean;
}

/**
 * Opens an http(s) address or a local playlist (a path, or a `file:` address). What the address holds is told by its
 * first bytes, as servers' content types are often wrong.
 *
 * @throws GlasswatchError with exit code 3 when it cannot be had, or is neither media nor a playlist
 */
export async function openFetchedSource(input: string, options: SourceOptions): Promise<FetchedSource> {
  const fetcher = openFetcher(options);
  const open = { fetcher, liveEdge: options.liveEdge ?? false };
  try {
    return isWeb(input) ? await openWeb(input, open) : await openLocal(input, open);
  } catch (error) {
    await fetcher.close();
    throw error;
  }
}

async function openLocal(input: string, { fetcher, liveEdge }: Opening): Promise<FetchedSource> {
  const path = /^file:\/\//i.test(input) ? filePath(input) : input;
  const url = await fileUrl(path).catch((error: unknown) => {
    throw inputError("file-not-found", `${path}: there is no such file; check the path`, error);
  });
  const loader = await localLoader(path, httpLoader(fetcher));
  const top = await loader.readText(url);
  if (playlistKind(top.text) !== null) return openPlaylist(top, { loader, staleMs: fetcher.limits.staleMs, liveEdge });
  throw inputError("bad-playlist", `${path}: named like a playlist, but begins neither with #EXTM3U nor with <MPD`);
}

async function openWeb(input: string, opening: Opening): Promise<FetchedSource> {
  const { fetcher } = opening;
  const stream = await openHttpStream(fetcher, input, { probeRanges: true });
  const body = peekable(stream);
  if (stream.contentEncoding !== "") return openCompressed(stream, opening);
  const head = await body.peek(sniffBytes);
  if (head.length === 0) throw inputError("empty-file", `${maskUrl(input)}: the server sent an empty answer`);
  const start = new TextDecoder("latin1").decode(head);
  if (playlistKind(start.replace(/^\u00ef\u00bb\u00bf/, "")) !== null) return openText(stream, body, opening);
  assertNoText(input, stream, start);
  return openFile(stream, body, fetcher);
}

async function openText(
  stream: HttpStream,
  body: PeekableStream,
  { fetcher, liveEdge }: Opening,
): Promise<FetchedSource> {
  const bytes = await readPlaylist(fetcher, stream.url, body);
  const top = { url: stream.url, text: playlistText(stream.url, bytes, "") };
  return openPlaylist(top, { loader: httpLoader(fetcher), staleMs: fetcher.limits.staleMs, liveEdge });
}

/** Some servers compress playlists unasked, which is fine; media is never worth it. */
async function openCompressed(stream: HttpStream, { fetcher, liveEdge }: Opening): Promise<FetchedSource> {
  const type = stream.contentType;
  if (!/mpegurl|dash\+xml|text|xml/.test(type)) throw await compressed(stream);
  await stream.close();
  const top = await httpLoader(fetcher).readText(stream.url);
  if (playlistKind(top.text) === null) throw await compressed(stream);
  return openPlaylist(top, { loader: httpLoader(fetcher), staleMs: fetcher.limits.staleMs, liveEdge });
}

function assertNoText(input: string, { contentType }: HttpStream, start: string): void {
  if (/^\s*(<!doctype html|<html|<head|<body)/i.test(start)) {
    throw inputError("not-media", `${maskUrl(input)}: the server answered with a web page; check the address`);
  }
  if (/mpegurl|dash\+xml/.test(contentType)) {
    const message = "announced as a playlist, but begins neither with #EXTM3U nor with <MPD; check the packager";
    throw inputError("bad-playlist", `${maskUrl(input)}: ${message}`);
  }
}

async function openFile(stream: HttpStream, body: PeekableStream, fetcher: Fetcher): Promise<FetchedSource> {
  const head = (await body.read()) ?? new Uint8Array();
  const fits = stream.sizeBytes !== null && stream.sizeBytes <= keptWithoutRangesBytes;
  if (!stream.ranged && !fits && needsSeeking(head)) {
    const advice = "enable range requests, or write the file with its index first (-movflags +faststart)";
    const why = "this MP4 has its index at the end and the server does not honour range requests";
    throw inputError("connection-failed", `${maskUrl(stream.url)}: ${why}; ${advice}`);
  }
  const completeness = await httpCompleteness(fetcher, stream, head);
  const bytes = httpFile({ fetcher, stream, head });
  let given = false;
  const group = {
    durationSeconds: null,
    async nextPeriod() {
      if (given) return null;
      given = true;
      return { bytes, declaredDiscontinuity: false, timeline: 0, startSeconds: 0, clockOffsetSeconds: 0 };
    },
    close: () => bytes.close(),
  };
  const close = async () => {
    await bytes.close();
    await fetcher.close();
  };
  // An encoder that answers as it goes cannot say how long that will be.
  return { groups: [group], live: stream.sizeBytes === null, ...(completeness && { completeness }), close };
}
