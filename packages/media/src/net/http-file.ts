import { inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import type { ByteSource } from "../byte-source.ts";
import type { Fetcher } from "./fetcher.ts";
import { interrupted } from "./http-errors.ts";
import { type HttpStream, openHttpStream } from "./http-stream.ts";

/** A seek ahead of no more than this is read through: cheaper than a new request. */
const skipBytes = 1024 * 1024;
/** Start of the file that stays in memory, so that probing it and going back costs no request. */
const keptBytes = 1024 * 1024;
/** The same from a server without ranges, where going back is possible within it only. */
export const keptWithoutRangesBytes = 32 * 1024 * 1024;

export interface HttpFileOptions {
  readonly fetcher: Fetcher;
  /** Opened at 0. */
  readonly stream: HttpStream;
  /** What was read from it already. */
  readonly head: Uint8Array;
}

/**
 * A plain file over HTTP. It is read in one request as long as it is read in order; a seek far ahead, or back beyond what
 * is kept, asks for a range. A server without ranges gives a file that can be read forward only, unless all of it fits
 * into memory.
 */
export function httpFile({ fetcher, stream: first, head }: HttpFileOptions): ByteSource {
  const { sizeBytes, ranged, url } = first;
  const kept = keptStart(ranged ? keptBytes : Math.min(keptWithoutRangesBytes, sizeBytes ?? keptBytes), head);
  let stream = first;
  let streamPosition = head.length;
  let pending: Uint8Array | null = null;
  let position = 0;
  let closed = false;

  /** The next chunk of the stream, which begins at `streamPosition`. */
  async function peek(): Promise<Uint8Array | null> {
    pending ??= await stream.read();
    return pending;
  }

  function consume(bytes: number) {
    if (pending === null) return;
    kept.add(streamPosition, pending.subarray(0, bytes));
    streamPosition += bytes;
    pending = bytes < pending.length ? pending.subarray(bytes) : null;
  }

  async function reopen() {
    await stream.close();
    pending = null;
    streamPosition = position;
    stream = await openHttpStream(fetcher, url, { fromBytes: position });
    if (closed) await stream.close();
  }

  /** Brings the stream to `position`; false when the file ends before it. */
  async function catchUp(): Promise<boolean> {
    const ahead = position - streamPosition;
    if (ranged && (ahead < 0 || ahead > skipBytes)) await reopen();
    if (position < streamPosition) throw noWayBack(url);
    while (streamPosition < position) {
      const chunk = await peek();
      if (chunk === null) return false;
      consume(Math.min(chunk.length, position - streamPosition));
    }
    return true;
  }

  return {
    sizeBytes,
    seekable: sizeBytes !== null && (ranged || sizeBytes <= keptWithoutRangesBytes),
    async read(maxBytes) {
      if (closed) throw interrupted(url);
      if (sizeBytes !== null && position >= sizeBytes) return null;
      const early = kept.read(position, maxBytes);
      if (early !== null) {
        position += early.length;
        return early;
      }
      if (!(await catchUp())) return null;
      const chunk = await peek();
      if (chunk === null) return null;
      const bytes = chunk.subarray(0, maxBytes);
      consume(bytes.length);
      position += bytes.length;
      return bytes;
    },
    seek(offsetBytes) {
      position = Math.max(0, offsetBytes);
    },
    async close() {
      closed = true;
      await stream.close();
    },
  };
}

/** Remembers the first `limit` bytes of a file as they are read. */
function keptStart(wanted: number, head: Uint8Array) {
  const limit = Math.max(wanted, head.length);
  let bytes = new Uint8Array(Math.min(limit, Math.max(64 * 1024, head.length)));
  let length = 0;

  function add(at: number, chunk: Uint8Array) {
    if (at > length || length >= limit) return;
    const fresh = chunk.subarray(length - at, limit - at);
    if (length + fresh.length > bytes.length) {
      const larger = new Uint8Array(Math.min(limit, Math.max(bytes.length * 2, length + fresh.length)));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(fresh, length);
    length += fresh.length;
  }

  add(0, head);
  return {
    add,
    /** A copy, as the caller may keep it; null where `at` is not held. */
    read: (at: number, maxBytes: number) => (at < length ? bytes.slice(at, Math.min(length, at + maxBytes)) : null),
  };
}

function noWayBack(url: string) {
  return inputError(
    "connection-failed",
    `${maskUrl(url)}: reading this file needs going back, and the server does not honour range requests; enable them`,
  );
}
