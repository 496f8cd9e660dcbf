import { aac, h264, picture, sound } from "../fixtures/ingredients.ts";
import type { Recipes } from "../fixtures/recipe.ts";

const seconds = 14;
const size = "640x360";

/** Clouds of fractal noise under a camera that pans and cuts, with grain: detail falls off as in natural pictures. */
function landscape(seed: number): string {
  const octaves = ["16x9", "48x27", "160x90", "480x270", "960x540"];
  const layers = octaves.map(
    (octave, i) =>
      `color=gray:s=${octave}:r=25,noise=alls=100:all_seed=${seed + i},scale=960x540:flags=bicubic,format=yuv420p[o${i}]`,
  );
  const mixed = `${octaves.map((_, i) => `[o${i}]`).join("")}mix=inputs=${octaves.length}:weights='8 5 3 2 1'`;
  const still = "eq=contrast=2:saturation=0.6,trim=end_frame=1,loop=-1:1,setpts=N/25/TB";
  const pan = "crop=640:360:x='160*(1+sin(t*0.4+floor(t/4)*2))':y='90*(1+sin(t*0.5+floor(t/4)*3))'";
  return `${layers.join(";")};${mixed},${still},${pan},noise=alls=6:allf=t:all_seed=3,trim=duration=${seconds}`;
}

/** Wind with the rhythm of speech: pink noise that swells, a voice-like chord under it. */
function ambience(seed: number): string {
  const noise = `anoisesrc=r=48000:a=0.2:c=pink:seed=${seed}:d=${seconds}`;
  const swell = "volume='0.35+0.3*sin(2*PI*0.7*t)*sin(2*PI*3.3*t)':eval=frame";
  const right = `anoisesrc=r=48000:a=0.2:c=pink:seed=${seed + 1}:d=${seconds}`;
  return `${noise},${swell}[l];${right},${swell}[r];[l][r]join=inputs=2:channel_layout=stereo`;
}

const encoded = [...h264, "-crf", "18", ...aac] as const;

/** Sources for those who have no clips: less like programmes than real ones, and made anywhere. */
export const paintedRecipes: Recipes = {
  "painted-zoom": {
    file: "clip.mp4",
    inputs: [picture(size, "25", seconds), sound(2, 48_000, seconds)],
    options: encoded,
  },
  "painted-hills": { file: "clip.mp4", inputs: [{ graph: landscape(10) }, { graph: ambience(7) }], options: encoded },
  "painted-coast": { file: "clip.mp4", inputs: [{ graph: landscape(50) }, { graph: ambience(21) }], options: encoded },
  "painted-depths": {
    file: "clip.mp4",
    inputs: [
      {
        graph: `mandelbrot=size=${size}:rate=25:start_x=-1.2:start_y=0.15:start_scale=0.6:end_scale=0.01:end_pts=300,format=yuv444p,noise=alls=8:allf=t:all_seed=9,trim=duration=${seconds}`,
      },
      sound(2, 48_000, seconds),
    ],
    options: encoded,
  },
};
