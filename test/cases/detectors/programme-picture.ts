import type { RecipeInput } from "../../fixtures/recipe.ts";

/** A grainy picture that always moves, 25 frames a second. */
export function moving(seconds: number): string {
  return `mandelbrot=size=320x180:rate=25:start_scale=0.5:end_scale=0.02:end_pts=300,format=yuv444p,noise=alls=6:allf=t:all_seed=7,trim=duration=${seconds}`;
}

/** One frame of such a picture, held. */
export function still(seconds: number): string {
  return `mandelbrot=size=320x180:rate=25:start_scale=0.3:end_scale=0.3,trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB,trim=duration=${seconds}`;
}

/** The moving picture with something else shown over it within a span. */
export function interrupted(seconds: number, other: string, fromSeconds: number, toSeconds: number): RecipeInput {
  const lastFrameSeconds = toSeconds - 0.02;
  return {
    graph: `${moving(seconds)}[a];${other}[b];[a][b]overlay=enable='between(t,${fromSeconds},${lastFrameSeconds})':shortest=1`,
  };
}

/** A graph whose frames are the picture of the fixture. */
export function pictureOf(graph: string): RecipeInput {
  return { graph };
}
