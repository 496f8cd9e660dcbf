import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/**
 * Undoes a `content-encoding` (RFC 9110 §8.4); null when it cannot be undone, or would be longer than `maxBytes`.
 */
export function decodeContent(bytes: Uint8Array, encoding: string, maxBytes: number): Uint8Array | null {
  const options = { maxOutputLength: maxBytes };
  try {
    switch (encoding) {
      case "":
        return bytes;
      case "gzip":
      case "x-gzip":
        return gunzipSync(bytes, options);
      case "br":
        return brotliDecompressSync(bytes, options);
      case "deflate":
        // Some servers leave out the zlib wrapper that the standard asks for.
        return ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
      default:
        return null;
    }
  } catch {
    return null;
  }
}

/** UTF-8 without its byte order mark; bytes that are no UTF-8 become replacement characters. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
