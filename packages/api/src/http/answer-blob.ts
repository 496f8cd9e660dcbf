import type { OpenBlob } from "@glasswatch/core/ports/blobs";
import type { Context } from "hono";
import { byteRange } from "./byte-range.ts";

/**
 * Answers a blob, or the part of it that the header `range` asks for, while it is read: it may be larger than memory.
 *
 * @param headers among others the blob's `etag`, where it has one
 */
export async function answerBlob(
  c: Context,
  { contentType, sizeBytes, read }: OpenBlob,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const whole = { ...headers, "content-type": contentType, "accept-ranges": "bytes" };
  // Nobody would read, and so close, what was opened for a HEAD.
  if (c.req.method === "HEAD") return c.body(null, 200, { ...whole, "content-length": `${sizeBytes}` });
  const range = isOf(c.req.header("if-range"), headers["etag"]) ? byteRange(c.req.header("range"), sizeBytes) : null;
  if (!range) return c.body(await read(), 200, { ...whole, "content-length": `${sizeBytes}` });
  const { fromByte, toByte } = range;
  return c.body(await read(range), 206, {
    ...whole,
    "content-length": `${toByte - fromByte + 1}`,
    "content-range": `bytes ${fromByte}-${toByte}/${sizeBytes}`,
  });
}

/** RFC 9110 §13.1.5: a part is asked for on condition that it is still a part of the same. */
function isOf(ifRange: string | undefined, etag: string | undefined): boolean {
  return ifRange === undefined || ifRange === etag;
}
