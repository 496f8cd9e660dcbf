import { setTimeout as wait } from "node:timers/promises";
import { GlasswatchError, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { StalledError } from "./body-reader.ts";
import type { FetchedResponse, Fetcher } from "./fetcher.ts";
import { interrupted } from "./http-errors.ts";
import type { ByteStream } from "./resource-loader.ts";

export interface HttpStreamOptions {
  /** Offset of the first byte wanted; 0 by default. */
  readonly fromBytes?: number;
  /** Offset behind the last byte wanted; the end by default. */
  readonly untilBytes?: number;
  /** Asks for a range even from 0, which tells whether the server gives any. */
  readonly probeRanges?: boolean;
  /**
   * Whether a server that ignores ranges may be made to start over, and what came already be thrown away. Right for
   * segments, wrong for whole files.
   */
  readonly restartable?: boolean;
}

export interface HttpStream extends ByteStream {
  /** Where it came from, redirects followed. */
  readonly url: string;
  /** Length of the whole resource, where the server tells. */
  readonly sizeBytes: number | null;
  /** Whether the server answered with the range it was asked for. */
  readonly ranged: boolean;
  readonly contentType: string;
  readonly contentEncoding: string;
}

/** How often a connection that breaks before bringing anything new is opened again; a stall costs more time than a cut. */
const maxFruitless = { cut: 3, stall: 1 };

/** One resource, or a range of it, as a stream that survives broken connections where the server's ranges allow it. */
export async function openHttpStream(fetcher: Fetcher, url: string, options: HttpStreamOptions): Promise<HttpStream> {
  const { fromBytes = 0, untilBytes = null, restartable = false } = options;
  const wantsRange = options.probeRanges === true || fromBytes > 0 || untilBytes !== null;
  let position = fromBytes;
  let fruitless = 0;
  let closed = false;
  const first = await connect(url, fromBytes, untilBytes, wantsRange);
  const opened = place(first);
  let { response, skip } = { response: first, skip: opened.startBytes === null ? 0 : fromBytes - opened.startBytes };
  if (skip < 0 || (skip > 0 && !restartable)) throw await unsupported(response);
  const validator = validatorOf(first);
  const end = Math.min(untilBytes ?? Number.POSITIVE_INFINITY, opened.sizeBytes ?? Number.POSITIVE_INFINITY);

  async function connect(address: string, from: number, until: number | null, ranged: boolean, ifRange?: string) {
    const range = `bytes=${from}-${until === null ? "" : until - 1}`;
    return fetcher.open(address, {
      "accept-encoding": "identity",
      ...(ranged && { range }),
      ...(ranged && ifRange !== undefined && { "if-range": ifRange }),
    });
  }

  async function resume(cause: unknown) {
    const stalled = cause instanceof StalledError;
    const limit = stalled ? maxFruitless.stall : maxFruitless.cut;
    if (fruitless >= limit || (position > 0 && !opened.ranged && !restartable)) throw lost(cause);
    await wait(fetcher.limits.firstRetryMs * 2 ** fruitless++, undefined, fetcher.signal && { signal: fetcher.signal });
    await response.body.close();
    response = await connect(first.url, position, untilBytes, position > 0 || wantsRange, validator);
    const { startBytes } = place(response);
    skip = position - (startBytes ?? 0);
    if (startBytes === null || skip < 0 || (skip > 0 && !restartable)) throw lost(cause);
  }

  function lost(cause: unknown): GlasswatchError {
    const of = end === Number.POSITIVE_INFINITY ? "" : ` of ${(end - fromBytes).toLocaleString("en")}`;
    const came = `${(position - fromBytes).toLocaleString("en")}${of} bytes`;
    const shown = maskUrl(url);
    if (cause instanceof StalledError) {
      const seconds = fetcher.limits.stallMs / 1000;
      return inputError(
        "timed-out",
        `${shown}: next to nothing came for ${seconds} s, after ${came}; try again later`,
        cause,
      );
    }
    const why = cause instanceof GlasswatchError ? ` (${cause.message})` : "";
    return inputError("connection-lost", `${shown}: the connection was lost after ${came}${why}; try again`, cause);
  }

  async function recover(cause: unknown) {
    if (closed || fetcher.signal?.aborted) throw interrupted(url);
    try {
      await resume(cause);
    } catch (error) {
      if (closed || fetcher.signal?.aborted) throw interrupted(url);
      throw error instanceof GlasswatchError && error.code === "timed-out" ? error : asLost(error);
    }
  }

  function asLost(error: unknown): GlasswatchError {
    return error instanceof GlasswatchError && error.code === "connection-lost" ? error : lost(error);
  }

  /** The part of a chunk that is wanted. */
  function wanted(chunk: Uint8Array): Uint8Array {
    const from = Math.min(skip, chunk.length);
    skip -= from;
    return chunk.subarray(from, from + Math.min(chunk.length - from, end - position));
  }

  return {
    url: first.url,
    sizeBytes: opened.sizeBytes,
    ranged: opened.ranged,
    contentType: (first.header("content-type") ?? "").toLowerCase(),
    contentEncoding: encodingOf(first),
    async read() {
      for (;;) {
        if (closed) throw interrupted(url);
        if (position >= end) return null;
        const chunk = await response.body.read().catch(recover);
        if (chunk === undefined) continue;
        if (chunk === null && end === Number.POSITIVE_INFINITY) return null;
        if (chunk === null) {
          await recover(new Error("ended early"));
          continue;
        }
        const bytes = wanted(chunk);
        if (bytes.length === 0) continue;
        position += bytes.length;
        fruitless = 0;
        return bytes;
      }
    },
    async close() {
      closed = true;
      await response.body.close();
    },
  };
}

/** Where an answer begins in the resource, and how long the resource is. */
function place(response: FetchedResponse) {
  if (response.status === 206) {
    const [, start, size] = /^bytes (\d+)-\d+\/(\d+|\*)/.exec(response.header("content-range") ?? "") ?? [];
    const sizeBytes = size === undefined || size === "*" ? null : Number(size);
    return { ranged: true, startBytes: start === undefined ? null : Number(start), sizeBytes };
  }
  // A range of nothing cannot be satisfied: that is how servers answer for an empty file (RFC 9110 §15.5.17).
  if (response.status === 416) return { ranged: true, startBytes: null, sizeBytes: 0 };
  const length = encodingOf(response) === "" ? response.header("content-length") : undefined;
  return { ranged: false, startBytes: 0, sizeBytes: length === undefined ? null : Number(length) };
}

function encodingOf(response: FetchedResponse): string {
  const encoding = (response.header("content-encoding") ?? "").toLowerCase();
  return encoding === "identity" ? "" : encoding;
}

/** What makes sure that a resumed resource is the one that broke off. Weak tags may not be used for it (RFC 9110 §13.1.5). */
function validatorOf(response: FetchedResponse): string | undefined {
  const tag = response.header("etag");
  return tag !== undefined && !tag.startsWith("W/") ? tag : response.header("last-modified");
}

async function unsupported(response: FetchedResponse): Promise<GlasswatchError> {
  await response.body.close();
  return inputError(
    "connection-lost",
    `${maskUrl(response.url)}: the server does not honour range requests, which reading this file needs; enable them`,
  );
}
