import { open } from "node:fs/promises";
import { join, posix, sep } from "node:path";

/** More than a day of two-second segments; a larger playlist is read to here. */
const maxPlaylistBytes = 8 * 1024 * 1024;

export function isPlaylist(file: string): boolean {
  return /\.(?:m3u8|mpd)$/i.test(file);
}

/**
 * The files that playlists of the same folder refer to: segments, renditions and initialisation sections, which are
 * scanned as the playlist's and not by themselves. A playlist that another one refers to is such a file too.
 *
 * @param root the folder that `playlists` and `files` are relative to
 */
export async function playlistMembers(
  root: string,
  playlists: readonly string[],
  files: readonly string[],
): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  for (const playlist of playlists) {
    const text = await readStart(join(root, playlist)).catch(() => "");
    const named = /\.mpd$/i.test(playlist) ? manifestReferences(text, playlist) : hlsReferences(text, playlist);
    for (const file of files) {
      // Of two playlists that refer to each other the first stays, so that something does.
      const circular = file === playlist || (isPlaylist(file) && members.has(playlist));
      if (!circular && named(toPosix(file))) members.add(file);
    }
  }
  return members;
}

type References = (file: string) => boolean;

/** RFC 8216 §4.1: lines that are neither blank nor begin with `#` are URIs; tags carry more in `URI` attributes. */
function hlsReferences(text: string, playlist: string): References {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const uris = lines.flatMap((line) =>
    line.startsWith("#") ? [...line.matchAll(/URI="([^"]+)"/g)].map(([, uri = ""]) => uri) : line === "" ? [] : [line],
  );
  const folder = posix.dirname(toPosix(playlist));
  const paths = new Set(uris.map(filePath).map((path) => posix.join(folder, path)));
  return (file) => paths.has(file);
}

/**
 * ISO/IEC 23009-1 §5.3.9: what a manifest names outright and what its templates make. Base addresses nest and combine,
 * so a reference is matched to the end of a path; that the folders before it fit is not needed to tell a segment.
 */
function manifestReferences(text: string, manifest: string): References {
  const attributes = [...text.matchAll(/\b(?:media|initialization|sourceURL|index)\s*=\s*(?:"([^"]+)"|'([^']+)')/g)];
  const bases = [...text.matchAll(/<BaseURL[^>]*>([^<]+)<\/BaseURL>/g)].map(([, address = ""]) => address);
  const templates = [...attributes.map(([, double, single]) => double ?? single ?? ""), ...bases]
    .map((reference) => reference.trim().replaceAll("&amp;", "&"))
    .map((reference) => reference.replace(/[?#].*$/, "").replace(/^(?:\.\/)+/, ""))
    .filter((reference) => reference !== "" && !reference.endsWith("/"))
    .map((reference) => new RegExp(`(?:^|/)${pattern(reference)}$`));
  const folder = posix.dirname(toPosix(manifest));
  return (file) =>
    (folder === "." || file.startsWith(`${folder}/`)) && templates.some((template) => template.test(file));
}

/** §5.3.9.4.4: `$Number%05d$`, `$Time$` and `$Bandwidth$` are digits, `$RepresentationID$` is any name, `$$` is a dollar. */
function pattern(template: string): string {
  return template
    .split(/(\$[^$]*\$)/)
    .map((part) => {
      if (part === "$$") return "\\$";
      if (/^\$RepresentationID\$$/.test(part)) return "[^/]+";
      if (/^\$(?:Number|Time|Bandwidth|SubNumber)(?:%0\d+d)?\$$/.test(part)) return "\\d+";
      return decoded(part).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    })
    .join("");
}

/** The path of a relative reference, without query or fragment. */
function filePath(reference: string): string {
  return posix.normalize(decoded(reference.replace(/[?#].*$/, "")));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function toPosix(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

async function readStart(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(maxPlaylistBytes) });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
