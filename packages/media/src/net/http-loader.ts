import { GlasswatchError, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { StalledError } from "./body-reader.ts";
import { decodeContent, decodeText } from "./content-decoding.ts";
import { maxPlaylistBytes } from "./fetch-limits.ts";
import type { Fetcher } from "./fetcher.ts";
import { interrupted } from "./http-errors.ts";
import { type HttpStream, openHttpStream } from "./http-stream.ts";
import { type ByteStream, type ResourceLoader, readAll } from "./resource-loader.ts";

/** Playlists and segments by way of the guarded fetcher. */
export function httpLoader(fetcher: Fetcher): ResourceLoader {
  return {
    signal: fetcher.signal,
    async readText(url) {
      const response = await fetcher.open(url, { "accept-encoding": "gzip, deflate, br" });
      const encoding = (response.header("content-encoding") ?? "").toLowerCase();
      const bytes = await readPlaylist(fetcher, response.url, response.body);
      return { url: response.url, text: playlistText(response.url, bytes, encoding) };
    },
    async open(url, range) {
      const stream = await openHttpStream(fetcher, url, {
        restartable: true,
        ...(range && { fromBytes: range.offsetBytes, untilBytes: range.offsetBytes + range.lengthBytes }),
      });
      if (stream.contentEncoding !== "") throw await compressed(stream);
      return stream;
    },
    close: () => fetcher.close(),
  };
}

/** Media that comes compressed although it was asked for as it is. */
export async function compressed(stream: HttpStream): Promise<GlasswatchError> {
  await stream.close();
  const message = `the server sends it compressed (${stream.contentEncoding}), though asked not to; serve it as it is`;
  return inputError("not-media", `${maskUrl(stream.url)}: ${message}`);
}

/** A playlist's bytes, in time and within bounds. */
export async function readPlaylist(fetcher: Fetcher, url: string, stream: ByteStream): Promise<Uint8Array> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void stream.close();
  }, fetcher.limits.totalMs);
  try {
    const bytes = await readAll(stream, maxPlaylistBytes);
    if (bytes !== null) return bytes;
  } catch (error) {
    const slow = late || error instanceof StalledError;
    if (slow) throw inputError("timed-out", `${maskUrl(url)}: the playlist came too slowly; try again`, error);
    if (fetcher.signal?.aborted) throw interrupted(url);
    if (error instanceof GlasswatchError) throw error;
    throw inputError(
      "connection-lost",
      `${maskUrl(url)}: the connection was lost within the playlist; try again`,
      error,
    );
  } finally {
    clearTimeout(timer);
  }
  throw tooLarge(url);
}

/** @throws GlasswatchError when it cannot be decompressed within bounds */
export function playlistText(url: string, bytes: Uint8Array, encoding: string): string {
  const decoded = decodeContent(bytes, encoding === "identity" ? "" : encoding, maxPlaylistBytes);
  if (decoded !== null) return decodeText(decoded);
  throw inputError("bad-playlist", `${maskUrl(url)}: its compression (${encoding.slice(0, 20)}) cannot be undone`);
}

function tooLarge(url: string): GlasswatchError {
  return inputError("bad-playlist", `${maskUrl(url)}: larger than 5 MB, which no playlist should be`);
}
