import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { pictureOf } from "./programme-picture.ts";

const scene =
  "mandelbrot=size=640x360:rate=25:start_scale=1.2:end_scale=0.6:end_pts=400,format=yuv420p,drawtext=text=NEWS:x=40:y=290:fontsize=48:fontcolor=white,trim=duration=8";

function softened(
  name: string,
  filter: string,
  span: readonly [number, number],
  findings: DetectorCase["findings"],
): DetectorCase {
  const [from, to] = span;
  const graph = `${scene},split[a][b];[b]${filter}[c];[a][c]overlay=enable='between(t,${from},${to - 0.02})'`;
  return { name, recipe: { file: "picture.mp4", inputs: [pictureOf(graph)], options: h264 }, findings };
}

const quarter = "scale=128:72,scale=640:360:flags=bicubic";

export const cases: readonly DetectorCase[] = [
  softened("scaled up from a quarter", quarter, [1, 7], [{ startSeconds: 1, endSeconds: 7, severity: "minor" }]),
  softened("for a moment", quarter, [2, 5], []),
  softened(
    "a sharp caption over it",
    `${quarter},drawtext=text=NEWS:x=40:y=290:fontsize=48:fontcolor=white`,
    [1, 7],
    [],
  ),
  {
    name: "fog",
    recipe: {
      file: "picture.mp4",
      inputs: [
        pictureOf("gradients=size=320x180:rate=25:c0=0x909090:c1=0xA8A8A8:speed=0.01:duration=6,noise=alls=3:allf=t"),
      ],
      options: h264,
    },
    findings: [],
  },
];
