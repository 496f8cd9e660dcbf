import { fileURLToPath } from "node:url";
import { inputError } from "@glasswatch/core/errors";
import type { MediaReader } from "@glasswatch/core/media";
import { openLocal } from "./open-local.ts";
import type { OpenOptions } from "./open-options.ts";

/**
 * Opens a file or an http(s) URL for reading.
 *
 * @param input a path, a `file:` URL, or an http(s) URL of a file or playlist
 * @throws GlasswatchError with exit code 3, and one line that names the input, when it cannot be read
 */
export async function openMedia(input: string, options: OpenOptions): Promise<MediaReader> {
  const protocol = /^([a-z][a-z0-9+.-]+):\/\//i.exec(input)?.[1]?.toLowerCase();
  if (protocol === undefined) return openLocal(input, options);
  if (protocol === "file") return openLocal(fileURLToPath(input), options);
  throw inputError("unsupported-protocol", `${input}: ${protocol} cannot be read; name a file or an http(s) URL`);
}
