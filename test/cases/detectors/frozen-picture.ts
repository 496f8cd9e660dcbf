import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { moving, pictureOf, still } from "./programme-picture.ts";

function picture(name: string, graph: string, findings: DetectorCase["findings"]): DetectorCase {
  return { name, recipe: { file: "picture.mp4", inputs: [pictureOf(graph)], options: h264 }, findings };
}

/** Frame 50, at 2 s, is shown for so many frames; the filter counts from 1. */
function frozen(frames: number): string {
  return `${moving(5)},loop=loop=${frames - 1}:size=1:start=51,setpts=N/25/TB`;
}

export const cases: readonly DetectorCase[] = [
  picture("three seconds, re-encoded", frozen(75), [{ startSeconds: 2, endSeconds: 5, severity: "minor" }]),
  picture("twelve seconds, re-encoded", frozen(300), [{ startSeconds: 2, endSeconds: 14, severity: "major" }]),
  picture("a short hold", frozen(45), []),
  picture(
    "a small mover on a still",
    `${still(6)}[a];color=white:size=24x24:rate=25[b];[a][b]overlay=x='40+30*t':y=80:shortest=1`,
    [],
  ),
  picture("a slow zoom into a still", `${still(6)},scale=1280:720,zoompan=z='1+0.0006*on':d=1:s=320x180:fps=25`, []),
  {
    name: "a quiet scene after something has left it",
    recipe: {
      file: "picture.mp4",
      inputs: [
        pictureOf(
          `${still(6)},noise=alls=3:allf=t:all_seed=5[a];color=0x4060a0:size=60x90:rate=25:duration=6[b];[a][b]overlay=x='-60+200*t':y=60`,
        ),
      ],
      options: [...h264, "-crf", "30"],
    },
    findings: [],
  },
];
