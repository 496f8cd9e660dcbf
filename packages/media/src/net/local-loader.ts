import { open, realpath } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inputError } from "@glasswatch/core/errors";
import { decodeText } from "./content-decoding.ts";
import { maxPlaylistBytes } from "./fetch-limits.ts";
import { interrupted } from "./http-errors.ts";
import { type ByteStream, type ResourceLoader, readAll } from "./resource-loader.ts";

const chunkBytes = 256 * 1024;

/**
 * Playlists and segments from the folder of a local playlist, and from nowhere else on the machine: a playlist that came
 * from somebody else must not read what only this user may. Its http(s) addresses go through the guarded fetcher.
 */
export async function localLoader(playlist: string, http: ResourceLoader): Promise<ResourceLoader> {
  const root = await realpath(dirname(playlist));

  async function locate(url: string): Promise<string> {
    const path = fileUrlPath(url);
    if (path === null) throw inputError("bad-playlist", `${url}: not a path on this machine`);
    const real = await realpath(path).catch((error: unknown) => {
      throw inputError("file-not-found", `${path}: there is no such file`, error);
    });
    if (real.startsWith(root.endsWith(sep) ? root : root + sep)) return real;
    throw inputError("address-refused", `${path}: outside the playlist's own folder, ${root}`);
  }

  async function openLocal(url: string, from: number, until: number): Promise<ByteStream> {
    const path = await locate(url);
    const file = await open(path).catch((error: unknown) => {
      throw inputError("not-readable", `${path}: cannot be opened; check its permissions`, error);
    });
    let position = from;
    return {
      async read() {
        if (http.signal?.aborted) throw interrupted(url);
        const length = Math.min(chunkBytes, until - position);
        const { bytesRead, buffer } = await file
          .read(new Uint8Array(length), 0, length, position)
          .catch((error: unknown) => {
            throw inputError("not-readable", `${path}: cannot be read`, error);
          });
        position += bytesRead;
        return bytesRead === 0 ? null : buffer.subarray(0, bytesRead);
      },
      close: () => file.close(),
    };
  }

  return {
    signal: http.signal,
    async readText(url) {
      if (!url.startsWith("file:")) return http.readText(url);
      const bytes = await readAll(await openLocal(url, 0, Number.MAX_SAFE_INTEGER), maxPlaylistBytes);
      if (bytes === null)
        throw inputError("bad-playlist", `${fileUrlPath(url)}: larger than 5 MB, which no playlist is`);
      return { url, text: decodeText(bytes) };
    },
    open(url, range) {
      if (!url.startsWith("file:")) return http.open(url, range);
      const from = range?.offsetBytes ?? 0;
      return openLocal(url, from, range ? from + range.lengthBytes : Number.MAX_SAFE_INTEGER);
    },
    close: () => http.close(),
  };
}

/** The `file:` address of a path that exists, symbolic links resolved. */
export async function fileUrl(path: string): Promise<string> {
  return pathToFileURL(await realpath(path)).href;
}

function fileUrlPath(url: string): string | null {
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}
