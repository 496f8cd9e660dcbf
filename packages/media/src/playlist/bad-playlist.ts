import { type GlasswatchError, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";

export function badPlaylist(url: string, what: string, cause?: unknown): GlasswatchError {
  return inputError("bad-playlist", `${maskUrl(url)}: ${what}`, cause);
}

/** A protected stream's line: no key is ever at hand for these. */
export function encrypted(url: string, by: string): GlasswatchError {
  return inputError("encrypted", `${maskUrl(url)}: encrypted with ${by}; give the address of an unprotected rendition`);
}

/**
 * An address in a playlist, made absolute. A playlist from the network may name http(s) addresses only; a local one may
 * name files too, which the loader then checks.
 */
export function resolveUri(uri: string | undefined, base: string, what: string): string {
  if (uri === undefined || uri === "" || !URL.canParse(uri, base))
    throw badPlaylist(base, `${what} has no valid address`);
  const url = new URL(uri, base);
  const web = url.protocol === "http:" || url.protocol === "https:";
  if (web || (url.protocol === "file:" && base.startsWith("file:"))) return url.href;
  const scheme = url.protocol.slice(0, 20);
  throw inputError(
    "address-refused",
    `${maskUrl(base)}: ${what} has a ${scheme} address; only http and https are fetched`,
  );
}
