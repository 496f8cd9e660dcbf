import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Route } from "./http-server.ts";

/** The part of a content that answers one request. */
export interface Served {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly range?: string;
  readonly ranges: boolean;
  readonly encoding?: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".m3u8": "application/vnd.apple.mpegurl",
  ".mpd": "application/dash+xml",
  ".ts": "video/mp2t",
  ".mp4": "video/mp4",
  ".m4s": "video/iso.segment",
  ".aac": "audio/aac",
  ".html": "text/html",
};

const compressors = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

/** What `route` answers to `Range: range`; undefined for a file that does not exist. */
export function body(route: Route, pathBelow: string, range: string | undefined): Served | undefined {
  const file = route.folder === undefined ? route.file : join(route.folder, normalize(`/${pathBelow}`));
  const contentType = contentTypes[extname(file ?? "")] ?? "application/octet-stream";
  const status = route.status ?? 200;
  if (route.encoding) {
    const content = file === undefined ? Buffer.from(route.body ?? "") : readFileSync(file);
    return {
      status,
      bytes: compressors[route.encoding](content),
      contentType,
      ranges: false,
      encoding: route.encoding,
    };
  }
  const content = file === undefined ? inMemory(route.body ?? "") : onDisk(file);
  if (content === undefined) return undefined;
  const ranges = status === 200 && route.ranges !== false;
  const span = ranges ? spanOf(range, content.sizeBytes) : undefined;
  if (span === undefined) return { status, bytes: content.read(0, content.sizeBytes), contentType, ranges };
  if (span === "unsatisfiable") {
    return { status: 416, bytes: new Uint8Array(), contentType, ranges, range: `bytes */${content.sizeBytes}` };
  }
  const { first, last } = span;
  const bytes = content.read(first, last - first + 1);
  return { status: 206, bytes, contentType, ranges, range: `bytes ${first}-${last}/${content.sizeBytes}` };
}

/** The headers that go with it. */
export function headersOf(served: Served): Record<string, string> {
  return {
    "content-type": served.contentType,
    "content-length": String(served.bytes.length),
    ...(served.ranges && { "accept-ranges": "bytes" }),
    ...(served.range !== undefined && { "content-range": served.range }),
    ...(served.encoding !== undefined && { "content-encoding": served.encoding }),
  };
}

function spanOf(range: string | undefined, sizeBytes: number) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  if (match === null) return undefined;
  const [, from = "", to = ""] = match;
  const first = from === "" ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === "" || to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return first > last ? "unsatisfiable" : { first, last };
}

function inMemory(content: string | Uint8Array) {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return { sizeBytes: bytes.length, read: (from: number, length: number) => bytes.subarray(from, from + length) };
}

function onDisk(file: string) {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
  return {
    sizeBytes: statSync(file).size,
    read(from: number, length: number) {
      const descriptor = openSync(file, "r");
      try {
        const bytes = new Uint8Array(Math.min(length, fstatSync(descriptor).size - from));
        readSync(descriptor, bytes, 0, bytes.length, from);
        return bytes;
      } finally {
        closeSync(descriptor);
      }
    },
  };
}
