import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { interrupted, moving, pictureOf } from "./programme-picture.ts";

function black(name: string, span: readonly [number, number], findings: DetectorCase["findings"]): DetectorCase {
  const input = interrupted(span[1] + 1, "color=black:size=320x180:rate=25", ...span);
  return { name, recipe: { file: "picture.mp4", inputs: [input], options: h264 }, findings };
}

export const cases: readonly DetectorCase[] = [
  black("three seconds", [2, 5], [{ startSeconds: 2, endSeconds: 5, severity: "minor" }]),
  black("eleven seconds", [1, 12], [{ startSeconds: 1, endSeconds: 12, severity: "major" }]),
  black("between two shots", [2, 3], []),
  {
    name: "a night with a few lights",
    recipe: {
      file: "picture.mp4",
      inputs: [
        pictureOf(`${moving(5)},lutyuv=y='16+(val-16)*0.14':u=128:v=128,drawbox=x=150:y=60:w=40:h=40:c=white:t=fill`),
      ],
      options: h264,
    },
    findings: [],
  },
];
