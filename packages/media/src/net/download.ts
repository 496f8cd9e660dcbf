import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { playlistKind } from "../playlist/open-playlist.ts";
import { type FetcherOptions, openFetcher } from "./fetcher.ts";
import { compressed } from "./http-loader.ts";
import { openHttpStream } from "./http-stream.ts";
import { peekable } from "./peekable-stream.ts";

/** Enough to tell a playlist from a container. */
const sniffBytes = 4096;

/** A file of somebody's server, before it is fetched. */
export interface Download {
  /** Null where the server does not tell. */
  readonly sizeBytes: number | null;
  /** What lists the parts of a programme, where it is no file with all of it. */
  readonly playlist: "hls" | "dash" | null;
  /** Fetches all of it. A connection that breaks is opened again where the server's ranges allow it. @throws GlasswatchError */
  save(path: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an http(s) address that is to be kept as a file.
 *
 * @throws GlasswatchError with exit code 3 when it cannot be had
 */
export async function openDownload(url: string, options: FetcherOptions): Promise<Download> {
  const fetcher = openFetcher(options);
  try {
    const stream = await openHttpStream(fetcher, url, { probeRanges: true });
    if (stream.contentEncoding !== "") throw await compressed(stream);
    const body = peekable(stream);
    const head = new TextDecoder().decode(await body.peek(sniffBytes));
    return {
      sizeBytes: stream.sizeBytes,
      playlist: playlistKind(head),
      async save(path) {
        await pipeline(async function* () {
          for (let chunk = await body.read(); chunk !== null; chunk = await body.read()) yield chunk;
        }, createWriteStream(path));
      },
      async close() {
        await stream.close();
        await fetcher.close();
      },
    };
  } catch (error) {
    await fetcher.close();
    throw error;
  }
}
