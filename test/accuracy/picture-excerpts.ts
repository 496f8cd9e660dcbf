import type { Recipe, RecipeInput } from "../fixtures/recipe.ts";
import type { Source, Split } from "./sample.ts";

/** The first seconds of a source's picture, small and at a steady rate: what defects are put into. */
export interface Excerpt {
  readonly source: Source;
  readonly input: RecipeInput;
  /** Come first among the filters. */
  readonly filters: readonly string[];
  readonly fps: number;
  readonly durationSeconds: number;
}

/** Lines that most pictures are tried at. */
const lines = 360;

/** At most `seconds` of each source that has a picture for so long. */
export function excerptsOf(sources: readonly Source[], seconds: number, leastSeconds = 2.9): readonly Excerpt[] {
  return sources.flatMap((source) => {
    const { picture, path, durationSeconds } = source;
    if (!picture || durationSeconds < leastSeconds) return [];
    const fps = Math.round(1000 * picture.fps) / 1000;
    return [
      {
        source,
        input: { media: path, options: ["-t", String(seconds)] },
        filters: [`fps=${fps}`, `scale=-2:${Math.min(lines, picture.height)}`, "setsar=1"],
        fps,
        durationSeconds: Math.min(seconds, durationSeconds),
      },
    ];
  });
}

/** Not more than `count`, spread over the list, from each split. */
export function spread(excerpts: readonly Excerpt[], count: number): readonly Excerpt[] {
  const sides: readonly Split[] = ["tune", "score"];
  return sides.flatMap((split) => {
    const side = excerpts.filter(({ source }) => source.split === split);
    const step = Math.max(1, side.length / count);
    return side.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  });
}

/** How the result is coded: as deliveries are, unless something else is the point. */
export const deliveries = {
  h264: ["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-pix_fmt", "yuv420p"],
  "h264 at a low rate": ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "300k", "-pix_fmt", "yuv420p"],
  "h264 high quality": ["-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-pix_fmt", "yuv420p"],
  hevc: ["-c:v", "libx265", "-preset", "ultrafast", "-crf", "24", "-x265-params", "log-level=error"],
  mpeg2: ["-c:v", "mpeg2video", "-b:v", "3M", "-g", "12", "-bf", "2", "-pix_fmt", "yuv420p"],
} as const satisfies Record<string, readonly string[]>;

export type Delivery = keyof typeof deliveries;

/** In a transport stream, which takes all of them. */
export function delivered(
  inputs: readonly RecipeInput[],
  filters: readonly string[],
  coding: readonly string[] = deliveries.h264,
): Recipe {
  return { file: "clip.ts", inputs, options: ["-vf", filters.join(","), "-an", ...coding] };
}

/** As `delivered`, with a graph that ends in `[out]`. */
export function composed(
  inputs: readonly RecipeInput[],
  graph: string,
  coding: readonly string[] = deliveries.h264,
): Recipe {
  return { file: "clip.ts", inputs, options: ["-filter_complex", graph, "-map", "[out]", "-an", ...coding] };
}

/** A source of split `split` that is synthesised, as `lavfi` has it. */
export function painted(graph: string): RecipeInput {
  return { graph };
}

/** Frame at or after a time, and the exact time of it. */
export function onFrame(seconds: number, fps: number): { readonly frame: number; readonly seconds: number } {
  const frame = Math.round(seconds * fps);
  return { frame, seconds: frame / fps };
}
