import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { type MediaSpec, makeMedia } from "@glasswatch/media/make-media";
import { cacheFolder } from "./commands.ts";
import { interrupted } from "./measure/running.ts";
import { programme } from "./programme.ts";

export interface Clip {
  readonly name: string;
  readonly path: string;
  readonly seconds: number;
}

export interface ClipFormat {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly encoder: "libx264" | "libx265";
  readonly megabitsPerSecond: number;
}

/** Rates that broadcasters and OTT services use for them: 0.04 to 0.13 bits a pixel. */
export const clipFormats: readonly ClipFormat[] = [
  { name: "1080p25 H.264", width: 1920, height: 1080, fps: 25, encoder: "libx264", megabitsPerSecond: 5 },
  { name: "720p25 H.264", width: 1280, height: 720, fps: 25, encoder: "libx264", megabitsPerSecond: 3 },
  { name: "1080p50 H.264", width: 1920, height: 1080, fps: 50, encoder: "libx264", megabitsPerSecond: 8 },
  { name: "1080p25 HEVC", width: 1920, height: 1080, fps: 25, encoder: "libx265", megabitsPerSecond: 3 },
  { name: "720p25 HEVC", width: 1280, height: 720, fps: 25, encoder: "libx265", megabitsPerSecond: 1.8 },
  { name: "1080p50 HEVC", width: 1920, height: 1080, fps: 50, encoder: "libx265", megabitsPerSecond: 5 },
];

/** The same number of pictures in each. */
const pictures = 500;

// x265 is slow: its preset is the fastest that still uses what makes HEVC costly to decode (B pictures, SAO, 32×32 blocks).
const presets = { libx264: "fast", libx265: "superfast" } as const;

/**
 * A clip that costs a decoder what natural pictures cost: a mosaic of four source clips where there are so many, else
 * painted. Made once and kept.
 */
export async function benchClip(format: ClipFormat, sources: readonly string[]): Promise<Clip> {
  const { name, fps, encoder, megabitsPerSecond } = format;
  const seconds = pictures / fps;
  const material = sources.length < 4 ? "painted" : "natural";
  const path = await kept(`${name.replaceAll(/[ .]/g, "-").toLowerCase()}-${material}.mp4`, () => {
    const { inputs, options } = programme(format, sources, seconds);
    const video = ["-c:v", encoder, "-preset", presets[encoder], "-b:v", `${megabitsPerSecond}M`, "-g", `${2 * fps}`];
    const quiet = encoder === "libx265" ? ["-x265-params", "log-level=error"] : [];
    return { inputs, options: [...options, ...video, ...quiet, "-c:a", "aac", "-b:a", "128k", "-ac", "2"] };
  });
  return { name, path, seconds };
}

/** A clip again and again, without encoding it anew, as a transport stream. */
export async function loopedClip(clip: Clip, seconds: number): Promise<Clip> {
  const stem = clip.path.replace(/^.*\//, "").replace(/\.\w+$/, "");
  const path = await kept(`${stem}-${seconds}s.ts`, () => ({
    inputs: [{ source: clip.path, options: ["-stream_loop", "-1"] }],
    options: ["-map", "0", "-c", "copy", "-t", String(seconds), "-f", "mpegts"],
  }));
  return { name: clip.name, path, seconds };
}

/** One picture: what a scan of it costs is what every scan costs before it begins. */
export function shortestClip(): Promise<string> {
  return kept("one-picture.mp4", () => ({
    inputs: [{ source: "testsrc2=size=320x180", options: ["-f", "lavfi"] }],
    options: ["-frames:v", "1", "-c:v", "libx264"],
  }));
}

/** The path of a file in the cache, made first where it is not there. */
export async function kept(name: string, recipe: () => Omit<MediaSpec, "outputPath">): Promise<string> {
  const path = join(cacheFolder, name);
  if (existsSync(path)) return path;
  await mkdir(cacheFolder, { recursive: true });
  console.error(`making ${name} (kept for the next time) …`);
  const draft = join(cacheFolder, `draft-${name}`);
  await makeMedia({ ...recipe(), outputPath: draft }, interrupted);
  await rename(draft, path);
  return path;
}
