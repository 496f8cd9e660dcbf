import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { GlasswatchError } from "@glasswatch/core/errors";
import { planDetectors } from "@glasswatch/detectors/profile";
import type { ScanTools } from "../scan/run-scan.ts";

/** How fast this machine is with 1080p25 H.264 at 5 Mbit/s, in multiples of real time on one core. */
export interface Speed {
  readonly decode: number;
  readonly scan: number;
  /** Live 1080p25 streams that all cores together carry, with a quarter of the machine left free. */
  readonly liveStreams: number;
}

const clipSeconds = 2;
const repeats = 3;
const headroom = 0.75;

/**
 * Makes a clip with the ffmpeg program, decodes it, and scans it with every detector.
 *
 * @throws GlasswatchError or Error where any of it does not work
 */
export async function measureSpeed(tools: ScanTools, now: () => number, signal: AbortSignal): Promise<Speed> {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-doctor-"));
  try {
    const clip = await makeClip(folder, signal);
    const decode = await decodeSpeed(clip, now);
    const scan = await scanSpeed(clip, tools, now, signal);
    return { decode, scan, liveStreams: Math.floor(scan * availableParallelism() * headroom) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Moving detail and noise, so that the decoder has as much to do as natural pictures give it. */
async function makeClip(folder: string, signal: AbortSignal): Promise<string> {
  const { makeMedia } = await import("@glasswatch/media/make-media");
  const short = join(folder, "short.mp4");
  const clip = join(folder, "clip.mp4");
  const lavfi = ["-f", "lavfi", "-t", String(clipSeconds)];
  await makeMedia(
    {
      inputs: [
        { source: "testsrc2=size=1920x1080:rate=25,noise=alls=6:allf=t", options: lavfi },
        { source: "anoisesrc=amplitude=0.1:sample_rate=48000", options: lavfi },
      ],
      options: [
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-b:v",
        "5M",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-ac",
        "2",
      ],
      outputPath: short,
    },
    signal,
  );
  const loop = ["-stream_loop", String(repeats - 1)];
  await makeMedia({ inputs: [{ source: short, options: loop }], options: ["-c", "copy"], outputPath: clip }, signal);
  return clip;
}

async function decodeSpeed(clip: string, now: () => number): Promise<number> {
  const { openMedia } = await import("@glasswatch/media/open");
  const reader = await openMedia(clip, { allowPrivate: false });
  try {
    const startMs = now();
    let endSeconds = 0;
    for (let unit = await reader.next(); unit; unit = await reader.next()) {
      endSeconds = Math.max(endSeconds, unit.timeSeconds + unit.durationSeconds);
    }
    return (endSeconds * 1000) / (now() - startMs);
  } finally {
    await reader.close();
  }
}

/** A scan of the first picture alone takes as long as starting up does; the rest is speed. */
async function scanSpeed(
  clip: string,
  { registry, scan }: ScanTools,
  now: () => number,
  signal: AbortSignal,
): Promise<number> {
  const plans = planDetectors(registry, { detectors: {}, ignore: [], expect: {} });
  const request = { input: clip, detectors: plans, ignore: [], tier: "full", allowPrivate: false } as const;
  const timed = async (toSeconds?: number) => {
    const startMs = now();
    const { result } = await scan({ ...request, ...(toSeconds === undefined ? {} : { toSeconds }) }, { signal });
    if (result.error) throw new GlasswatchError(result.error.code, result.error.message, 4);
    return { seconds: (now() - startMs) / 1000, durationSeconds: result.durationSeconds ?? 0 };
  };
  const first = await timed(0.04);
  const whole = await timed();
  const analysedSeconds = whole.durationSeconds - first.durationSeconds;
  return analysedSeconds / Math.max(0.001, whole.seconds - first.seconds);
}
