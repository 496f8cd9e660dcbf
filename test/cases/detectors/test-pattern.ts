import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { interrupted, moving, pictureOf } from "./programme-picture.ts";

function pattern(
  name: string,
  source: string,
  span: readonly [number, number],
  findings: DetectorCase["findings"],
): DetectorCase {
  const input = interrupted(span[1] + 1, `${source}=size=320x180:rate=25`, ...span);
  return { name, recipe: { file: "picture.mp4", inputs: [input], options: h264 }, findings };
}

export const cases: readonly DetectorCase[] = [
  pattern("SMPTE bars", "smptebars", [2, 5], [{ startSeconds: 2, endSeconds: 5, severity: "minor" }]),
  pattern(
    "SMPTE HD bars for eleven seconds",
    "smptehdbars",
    [1, 12],
    [{ startSeconds: 1, endSeconds: 12, severity: "major" }],
  ),
  pattern("EBU bars", "pal75bars", [2, 5], [{ startSeconds: 2, endSeconds: 5, severity: "minor" }]),
  {
    name: "stripes that move",
    recipe: {
      file: "picture.mp4",
      inputs: [
        pictureOf(
          "color=gray:size=320x180:rate=25:duration=5,geq=lum='120+80*gt(mod(X+4*N,46),23)':cb=120:cr='140-20*gt(mod(X+4*N,92),46)'",
        ),
      ],
      options: h264,
    },
    findings: [],
  },
  { name: "a programme", recipe: { file: "picture.mp4", inputs: [pictureOf(moving(5))], options: h264 }, findings: [] },
];
