import type { RecipeInput } from "../fixtures/recipe.ts";
import { excerptsOf } from "./picture-excerpts.ts";
import type { Sample, Source, TrueSpan } from "./sample.ts";

/** Pictures a second of everything that clocks are tried on. */
export const clockFps = 25;
/** Length of a block of AAC at 48 kHz. */
export const aacBlockSeconds = 1024 / 48_000;

/** What a container is given, and how its packets are numbered: no pictures that follow later ones. */
export const clockCoding = [
  ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-bf", "0", "-g", "50", "-pix_fmt", "yuv420p"],
  ...["-c:a", "aac", "-b:a", "96k"],
] as const;

export interface ClockExcerpt {
  readonly source: Source;
  readonly inputs: readonly RecipeInput[];
  readonly durationSeconds: number;
}

/** The first seconds of each clip's pictures, beside a tone where it has no sound. */
export function clockExcerptsOf(sources: readonly Source[], seconds: number, least: number): readonly ClockExcerpt[] {
  return excerptsOf(sources, seconds, least).map(({ source, durationSeconds }) => ({
    source,
    durationSeconds,
    inputs: [
      { media: source.path, options: ["-t", String(durationSeconds)] },
      { graph: `aevalsrc=exprs='0.1*(0.6+0.4*sin(17*t))*sin(1800*t)':s=48000:d=${durationSeconds}` },
    ],
  }));
}

export interface ClockDefect {
  readonly name: string;
  readonly container: "ts" | "mkv" | "mp4";
  /** Filters and options that make it. */
  readonly filters?: string;
  readonly options?: readonly string[];
  readonly truth: readonly TrueSpan[];
}

/** A clip of 25 pictures a second, with sound, whose clock or whose media have a defect. */
export function clockSample({ source, inputs }: ClockExcerpt, defect: ClockDefect): Sample {
  const { name, container, filters, options = [], truth } = defect;
  const chain = [`fps=${clockFps}`, "scale=320:-2", ...(filters ? [filters] : [])].join(",");
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: {
      file: `clip.${container}`,
      inputs,
      options: [
        ...["-map", "0:v:0", "-map", "1:a", "-vf", chain, "-fps_mode", "passthrough"],
        ...clockCoding,
        ...options,
      ],
    },
    truth,
    also: ["frozen-picture", "dropped-frames", "repeated-frames", "audio-dropout", "audio-click", "av-desync"],
  };
}
