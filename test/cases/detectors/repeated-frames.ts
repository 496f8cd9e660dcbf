import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { moving, pictureOf, still } from "./programme-picture.ts";

function picture(name: string, graph: string, findings: DetectorCase["findings"]): DetectorCase {
  return { name, recipe: { file: "picture.mp4", inputs: [pictureOf(graph)], options: h264 }, findings };
}

/** Frames 40, 45 and so on up to the one at `until` are lost, and the one before each is shown in its place. */
function stuttering(until: number): string {
  return `${moving(8)},select='if(between(t,1.5,${until}),mod(n,5),1)',fps=25`;
}

export const cases: readonly DetectorCase[] = [
  picture("one in five, within a shot", stuttering(7.01), [{ startSeconds: 1.6, endSeconds: 7.04, severity: "minor" }]),
  picture("held for 160 ms every 640 ms", `${moving(8)},select='if(between(t,1.5,7.01),lt(mod(n,16),12),1)',fps=25`, [
    { startSeconds: 1.76, endSeconds: 7.04, severity: "minor" },
  ]),
  picture("one in five for three seconds", stuttering(4.5), []),
  picture("24 pictures a second shown at 25", `${moving(7)},select='mod(n,25)',fps=25`, []),
  picture("every picture twice from the start, as animation on twos", `${moving(7)},fps=12.5,fps=25`, []),
  picture("2:3", `${moving(7)},fps=24,fps=60`, []),
  picture(
    "a screen on which something moves now and then",
    `${still(7)}[a];color=white:size=64x48:rate=25[b];[a][b]overlay=x='20+200*abs(sin(floor(3*t)+min(0.2,3*t-floor(3*t))))':y=80:shortest=1`,
    [],
  ),
];
