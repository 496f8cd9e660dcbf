import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { moving, pictureOf } from "./programme-picture.ts";

/** Blacks and whites at both ends of the range. */
function contrast(black: number, white: number): string {
  return `lutyuv=y='clip(2*(val-120)+120,${black},${white})'`;
}

function limited(name: string, filters: string, findings: DetectorCase["findings"]): DetectorCase {
  const graph = `${moving(8)},setpts=PTS-STARTPTS,${contrast(16, 235)},${filters}`;
  return { name, recipe: { file: "picture.mp4", inputs: [pictureOf(graph)], options: h264 }, findings };
}

/** Five pictures a second for long enough to call the range unused. */
function full(name: string, filters: string, findings: DetectorCase["findings"]): DetectorCase {
  const graph = `mandelbrot=size=320x180:rate=5:start_scale=0.5:end_scale=0.02:end_pts=300,format=yuvj420p,trim=duration=34,${contrast(0, 255)},${filters}`;
  const options = ["-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-color_range", "pc"];
  return { name, recipe: { file: "picture.mkv", inputs: [pictureOf(graph)], options }, findings };
}

export const cases: readonly DetectorCase[] = [
  limited("full range that is labelled limited", "lutyuv=y='clip((val-16)*255/219,0,255)'", [
    { startSeconds: 0, endSeconds: 8, severity: "info" },
  ]),
  limited("limited range", "null", []),
  limited(
    "captions at the ends of the scale",
    "lutyuv=y='30+val*0.8',drawbox=w=60:h=20:c=black:t=fill,lutyuv=y='if(lt(val,17),0,val)'",
    [],
  ),
  full("limited range that is labelled full", "lutyuv=y='16+val*219/255'", [
    { startSeconds: 0, endSeconds: 34, severity: "info" },
  ]),
  full("full range", "null", []),
];
