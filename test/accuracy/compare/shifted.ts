import type { Recipe } from "../../fixtures/recipe.ts";
import type { Source } from "../sample.ts";
import type { Rendition } from "./renditions.ts";

/** How much later the pictures and the sound are than in the source, seconds. Negative where their beginning is cut off. */
export interface Shift {
  readonly pictureSeconds: number;
  readonly soundSeconds: number;
}

/** Longer clips are cut. */
const mostSeconds = 12;

/** A rendition of a clip whose sound and pictures were moved, each on its own, to the exact millisecond. */
export function shifted({ path, picture, sound }: Source, rendition: Rendition, shift: Shift): Recipe {
  const graph = [
    ...(picture ? [`[0:v:0]${pictureFilter(picture.fps, rendition, shift.pictureSeconds)}[v]`] : []),
    ...(sound ? [`[0:a:0]${soundFilter(rendition, shift.soundSeconds)}[a]`] : []),
  ];
  return {
    file: `shifted.${rendition.extension}`,
    inputs: [{ media: path, options: ["-t", String(mostSeconds)] }],
    options: [
      ...["-filter_complex", graph.join(";")],
      ...(picture ? ["-map", "[v]", ...rendition.videoOptions, "-fps_mode", "passthrough"] : []),
      ...(picture && rendition.extension !== "ts" ? ["-enc_time_base", "1/90000"] : []),
      ...(sound ? ["-map", "[a]", ...rendition.soundOptions] : []),
    ],
  };
}

function pictureFilter(fps: number, { rate, lines }: Rendition, seconds: number): string {
  // The filter `fps` would move pictures by up to half a frame, onto a grid that begins at 0.
  const twice = `split[once],setpts=PTS+${0.5 / fps}/TB[again];[once][again]interleave,`;
  const rated = rate === 1 ? "" : rate === 0.5 ? "select='not(mod(n,2))'," : twice;
  const moved = seconds >= 0 ? `setpts=PTS+${seconds}/TB` : `select='gte(t,${-seconds})',setpts=PTS-${-seconds}/TB`;
  return `settb=1/90000,${rated}scale=-2:${lines},${moved}`;
}

function soundFilter({ soundFilter }: Rendition, seconds: number): string {
  const moved =
    seconds >= 0 ? `adelay=${Math.round(seconds * 1000)}:all=1` : `atrim=start=${-seconds},asetpts=PTS-${-seconds}/TB`;
  return `aresample=async=1:first_pts=0,${moved},${soundFilter}`;
}
