import { readdir, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type GlasswatchError, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { isPlaylist, playlistMembers } from "./playlist-members.ts";

/** One thing to scan. */
export interface Input {
  /** As the user named it, without the secrets of a URL; below a folder, the folder's name and the way from there. */
  readonly name: string;
  /** An absolute path, or the URL. */
  readonly source: string;
  /** Set where it is known already that there is nothing to scan. */
  readonly error?: GlasswatchError;
}

const mediaExtensions = new Set(
  `3g2 3gp aac ac3 aif aiff amr asf avi caf dts dv eac3 ec3 f4v flac flv h264 h265 hevc ivf m1v m2t m2ts m2v m3u8 m4a m4v
   mjpeg mj2 mka mkv mod mov mp2 mp3 mp4 mpa mpd mpe mpeg mpg mts mxf nut oga ogg ogv opus ps qt ra rm rmvb spx tod trp
   ts tta vob w64 wav wave weba webm wma wmv wtv wv y4m`.split(/\s+/),
);

const naturalOrder = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Whether the user means an address and not a path. */
export function isUrl(typed: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(typed);
}

/**
 * What the user's arguments stand for, in their order: folders are searched for media, and nothing is listed twice. A
 * folder without media, or one that cannot be read, is an input with an error.
 */
export async function collectInputs(typed: readonly string[], cwd: string): Promise<readonly Input[]> {
  const lists = await Promise.all(typed.map((argument) => expand(argument, cwd)));
  const seen = new Set<string>();
  const inputs: Input[] = [];
  for (const input of lists.flat()) {
    const identity = await identityOf(input);
    if (seen.has(identity)) continue;
    seen.add(identity);
    inputs.push(input);
  }
  return inputs;
}

async function expand(argument: string, cwd: string): Promise<readonly Input[]> {
  if (isUrl(argument)) return [{ name: maskUrl(argument), source: argument }];
  const source = resolve(cwd, argument);
  const status = await stat(source).catch(() => undefined);
  // A path that is not there, or is no folder, is told about by the scan as every unreadable input is.
  if (!status?.isDirectory()) return [{ name: argument, source }];
  try {
    const files = await mediaIn(source);
    if (files.length > 0) return files.map((file) => ({ name: join(argument, file), source: join(source, file) }));
    const error = inputError("no-media-in-folder", `${argument}: no audio or video file is in this folder`);
    return [{ name: argument, source, error }];
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? cause.code : cause;
    const error = inputError("not-readable", `${argument}: this folder cannot be read (${reason})`, cause);
    return [{ name: argument, source, error }];
  }
}

/** Paths of media below a folder, without the files that a playlist there already leads to. */
async function mediaIn(folder: string): Promise<readonly string[]> {
  const files = await filesIn(folder, "", new Set());
  const parts = await playlistMembers(folder, files.filter(isPlaylist), files);
  return files.filter((file) => !parts.has(file));
}

/** Follows links, but enters no folder twice: a link to a folder above it ends there. */
async function filesIn(root: string, below: string, entered: Set<string>): Promise<readonly string[]> {
  const folder = join(root, below);
  const real = await realpath(folder);
  if (entered.has(real)) return [];
  entered.add(real);

  const files: string[] = [];
  const entries = await readdir(folder);
  for (const name of entries.toSorted(naturalOrder.compare)) {
    if (name.startsWith(".")) continue;
    const path = join(below, name);
    const status = await stat(join(root, path)).catch(() => undefined);
    if (status?.isDirectory()) files.push(...(await filesIn(root, path, entered)));
    else if (status?.isFile() && hasMediaExtension(name)) files.push(path);
  }
  return files;
}

function hasMediaExtension(name: string): boolean {
  return mediaExtensions.has(name.slice(name.lastIndexOf(".") + 1).toLowerCase());
}

async function identityOf({ source }: Input): Promise<string> {
  if (isUrl(source)) return URL.canParse(source) ? new URL(source).href : source;
  return realpath(source).catch(() => source);
}
