import { aac, h264, picture, sound } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { moving, pictureOf } from "./programme-picture.ts";

function frames(name: string, file: string, filter: string, findings: DetectorCase["findings"]): DetectorCase {
  const options = ["-vf", filter, "-fps_mode", "passthrough", "-bf", "0", ...h264];
  return { name, recipe: { file, inputs: [pictureOf(moving(6))], options }, findings };
}

export const cases: readonly DetectorCase[] = [
  frames("half a second of pictures is missing", "picture.mkv", "select='not(between(n,50,62))'", [
    { startSeconds: 2, endSeconds: 2.52, severity: "minor" },
  ]),
  // MP4 states how long each picture lasts, so the one before the hole lasts until the next.
  frames("half a second is missing from an MP4", "picture.mp4", "select='not(between(n,50,62))'", [
    { startSeconds: 2, endSeconds: 2.52, severity: "minor" },
  ]),
  frames("one picture is missing from an MP4", "picture.mp4", "select='not(eq(n,50))'", [
    { startSeconds: 2, endSeconds: 2.04, severity: "minor" },
  ]),
  frames("variable frame rate in an MP4", "picture.mp4", "select='not(mod(n,3))+gt(mod(n*7,5),2)'", []),
  frames("variable frame rate", "picture.mkv", "select='not(mod(n,3))+gt(mod(n*7,5),2)'", []),
  {
    name: "sound and pictures without a break",
    recipe: { file: "clip.ts", inputs: [picture(), sound()], options: [...h264, ...aac, "-f", "mpegts"] },
    findings: [],
  },
];
