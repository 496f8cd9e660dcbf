import { h264 } from "../../fixtures/ingredients.ts";
import type { RecipeInput } from "../../fixtures/recipe.ts";
import type { DetectorCase } from "./detector-case.ts";
import { pictureOf } from "./programme-picture.ts";

function clip(
  name: string,
  input: RecipeInput,
  filter: string,
  findings: DetectorCase["findings"],
  codec: readonly string[] = h264,
): DetectorCase {
  return { name, recipe: { file: "picture.mkv", inputs: [input], options: ["-vf", filter, ...codec] }, findings };
}

/** Fifty moments a second, of which two lie in each picture once they are woven. */
const moments = pictureOf(
  "mandelbrot=size=320x240:rate=50:start_scale=0.5:end_scale=0.01:end_pts=200,format=yuv420p,noise=alls=4:allf=t:all_seed=7,trim=duration=4",
);
const woven = "tinterlace=interleave_top";
const interlaced = ["-c:v", "mpeg2video", "-b:v", "3M", "-g", "12", "-flags", "+ildct+ilme"] as const;

export const cases: readonly DetectorCase[] = [
  clip("woven and signalled progressive", moments, `${woven},setfield=prog`, [
    { startSeconds: 0, endSeconds: 4, severity: "major" },
  ]),
  clip("woven and signalled interlaced", moments, `${woven},setfield=tff`, [], interlaced),
  clip("progressive", moments, "fps=25", []),
  clip("progressive, signalled interlaced", moments, "fps=25,setfield=tff", [], interlaced),
  clip(
    "lines that scroll",
    pictureOf(
      "color=black:size=320x240:rate=25:duration=4,geq=lum='60+120*lt(mod(Y+N,4),2)+30*sin((X+3*N)/9)':cb=128:cr=128",
    ),
    "format=yuv420p",
    [],
  ),
  clip(
    "lettering that scrolls by two lines a picture",
    pictureOf(
      "color=black:size=320x240:rate=25:duration=4,geq=lum='30+180*lt(mod(Y+2*N,24),12)*lt(mod(X*7+floor((Y+2*N)/24)*13,9),4)':cb=128:cr=128",
    ),
    "format=yuv420p",
    [],
  ),
];
