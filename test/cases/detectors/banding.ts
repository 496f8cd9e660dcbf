import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { pictureOf } from "./programme-picture.ts";

/** An evening sky that slowly gets darker towards a corner. */
function sky(name: string, after: string, findings: DetectorCase["findings"]): DetectorCase {
  const picture = "color=gray:size=640x360:rate=25,trim=end_frame=1,format=gray,geq=lum='60+100*(X+Y)/(W+H)'";
  const graph = `${picture},loop=loop=149:size=1,setpts=N/25/TB${after},format=yuv420p`;
  return {
    name,
    recipe: { file: "picture.mp4", inputs: [pictureOf(graph)], options: [...h264, "-crf", "12"] },
    findings,
  };
}

export const cases: readonly DetectorCase[] = [
  sky("a sky in few steps", ",lutyuv=y='bitand(val,252)'", [{ startSeconds: 0, endSeconds: 6, severity: "info" }]),
  sky("a sky in as many as there are", "", []),
  sky("few steps under grain", ",lutyuv=y='bitand(val,252)',noise=alls=12:allf=t", []),
];
