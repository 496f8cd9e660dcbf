import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { makeMedia } from "@glasswatch/media/make-media";

export interface Clip {
  readonly name: string;
  readonly path: string;
  readonly seconds: number;
  readonly fps: number;
}

const folder = join(import.meta.dirname, "../../.cache/bench");
const seconds = 20;

const formats = [
  { name: "1080p25 H.264", size: "1920x1080", fps: 25, encoder: "libx264", bitrate: "5M" },
  { name: "720p25 H.264", size: "1280x720", fps: 25, encoder: "libx264", bitrate: "3M" },
  { name: "1080p50 H.264", size: "1920x1080", fps: 50, encoder: "libx264", bitrate: "8M" },
  { name: "1080p25 HEVC", size: "1920x1080", fps: 25, encoder: "libx265", bitrate: "3M" },
] as const;

/**
 * Clips that cost a decoder what natural pictures cost: four source clips as a mosaic where there is a folder of them,
 * else a grainy, panning fractal. Made once and kept in `.cache/bench`.
 */
export async function benchClips(sources: readonly string[]): Promise<readonly Clip[]> {
  await mkdir(folder, { recursive: true });
  const clips: Clip[] = [];
  for (const { name, size, fps, encoder, bitrate } of formats) {
    const path = join(folder, `${name.replaceAll(/[ .]/g, "-").toLowerCase()}-${sources.length}.mp4`);
    const exists = existsSync(path);
    if (!exists) {
      const draft = `${path}.part.mp4`;
      await makeMedia({
        ...programme(size, fps, sources),
        outputPath: draft,
        options: encoding(size, fps, encoder, bitrate, sources),
      });
      await rename(draft, path);
    }
    clips.push({ name, path, seconds, fps });
  }
  return clips;
}

/** One picture: what a scan of it costs is what every scan costs before it begins. */
export async function shortestClip(): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "one-picture.mp4");
  if (!existsSync(path)) {
    const picture = { source: "testsrc2=size=320x180", options: ["-f", "lavfi"] };
    await makeMedia({ inputs: [picture], options: ["-frames:v", "1", "-c:v", "libx264"], outputPath: path });
  }
  return path;
}

function programme(size: string, fps: number, sources: readonly string[]) {
  const tone = { source: `anoisesrc=r=48000:a=0.1:c=pink:d=${seconds}`, options: ["-f", "lavfi"] };
  if (sources.length < 4) {
    const zoom = `mandelbrot=s=${size}:r=${fps}:start_scale=0.8:end_scale=0.05:end_pts=${seconds * fps}`;
    return { inputs: [{ source: `${zoom},format=yuv420p,noise=alls=12:allf=t`, options: ["-f", "lavfi"] }, tone] };
  }
  return { inputs: [...sources.slice(0, 4).map((source) => ({ source, options: ["-stream_loop", "-1"] })), tone] };
}

function encoding(
  size: string,
  fps: number,
  encoder: string,
  bitrate: string,
  sources: readonly string[],
): readonly string[] {
  const [width = 0, height = 0] = size.split("x").map(Number);
  const quarter = `scale=${width / 2}:${height / 2},fps=${fps},setsar=1,format=yuv420p`;
  const mosaic = `[0:v]${quarter}[a];[1:v]${quarter}[b];[2:v]${quarter}[c];[3:v]${quarter}[d];[a][b]hstack[t];[c][d]hstack[u];[t][u]vstack[v]`;
  const picture = sources.length < 4 ? ["-map", "0:v"] : ["-filter_complex", mosaic, "-map", "[v]"];
  return [
    ...picture,
    ...["-map", `${sources.length < 4 ? 1 : 4}:a`, "-t", String(seconds)],
    ...["-c:v", encoder, "-preset", "fast", "-b:v", bitrate, "-g", String(2 * fps)],
    ...["-c:a", "aac", "-b:a", "128k", "-ac", "2"],
  ];
}
