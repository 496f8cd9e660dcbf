import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { pictureOf } from "./programme-picture.ts";

const seconds = 66;

/** A shot of 6 s after the other, of different brightness, at five pictures a second. */
function programme(name: string, filters: string, findings: DetectorCase["findings"]): DetectorCase {
  const picture = "mandelbrot=size=320x180:rate=5:start_scale=0.5:end_scale=0.02:end_pts=600,format=yuv420p,gblur=3";
  const shots = "lutyuv=y='16+val*0.3':enable='lt(mod(t,12),6)',lutyuv=y='50+val*0.3':enable='gte(mod(t,12),6)'";
  const graph = `${picture},trim=duration=${seconds},${shots},${filters}`;
  return {
    name,
    recipe: { file: "picture.mp4", inputs: [pictureOf(graph)], options: [...h264, "-crf", "20"] },
    findings,
  };
}

const dot = "drawbox=x=200:y=40:w=1:h=1:c=white:t=fill";

export const cases: readonly DetectorCase[] = [
  programme("a pixel that is always white", dot, [{ startSeconds: 0, endSeconds: seconds, severity: "info" }]),
  programme("a dot in one shot", `${dot}:enable='lt(t,10)'`, []),
  programme(
    "a logo of dots and lines",
    [0, 8, 16].flatMap((x) => [0, 8].map((y) => `drawbox=x=${200 + x}:y=${40 + y}:w=2:h=2:c=white:t=fill`)).join(","),
    [],
  ),
  programme("noise", "noise=alls=12:allf=t", []),
];
