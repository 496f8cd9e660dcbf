import { inputError } from "@glasswatch/core/errors";
import type { MediaReader } from "@glasswatch/core/media";
import { filePath } from "@glasswatch/core/net/file-url";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { isFetched } from "./net/is-fetched.ts";
import { openLocal } from "./open-local.ts";
import type { OpenOptions } from "./open-options.ts";

/**
 * Opens a file, a playlist or an http(s) URL for reading.
 *
 * @param input a path, a `file:` URL, or an http(s) URL
 * @throws GlasswatchError with exit code 3, and one line that names the input, when it cannot be read
 */
export async function openMedia(input: string, options: OpenOptions): Promise<MediaReader> {
  if (isFetched(input)) {
    // Half of what a scan loads is for fetching, which most files do without.
    const [{ openFetchedSource }, { openFetched }] = await Promise.all([
      import("./net/open.ts"),
      import("./open-fetched.ts"),
    ]);
    const { allowPrivate, signal, liveEdge = false, staleSeconds } = options;
    const source = await openFetchedSource(input, {
      allowPrivate,
      liveEdge,
      ...(signal && { signal }),
      ...(staleSeconds !== undefined && { limits: { staleMs: staleSeconds * 1000 } }),
    });
    return openFetched(maskUrl(input), source, options);
  }
  const protocol = /^([a-z][a-z0-9+.-]+):\/\//i.exec(input)?.[1]?.toLowerCase();
  if (protocol === undefined) return openLocal(input, options);
  if (protocol === "file") return openLocal(filePath(input), options);
  const name = maskUrl(input);
  throw inputError("unsupported-protocol", `${name}: ${protocol} cannot be read; name a file or an http(s) URL`);
}
