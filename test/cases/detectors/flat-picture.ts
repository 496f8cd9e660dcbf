import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { interrupted, pictureOf } from "./programme-picture.ts";

function flat(
  name: string,
  colour: string,
  span: readonly [number, number],
  findings: DetectorCase["findings"],
): DetectorCase {
  const input = interrupted(6, `color=${colour}:size=320x180:rate=25`, ...span);
  return { name, recipe: { file: "picture.mp4", inputs: [input], options: h264 }, findings };
}

export const cases: readonly DetectorCase[] = [
  flat("grey", "gray", [2, 4], [{ startSeconds: 2, endSeconds: 4, severity: "minor" }]),
  flat("green", "0x00A000", [2, 4], [{ startSeconds: 2, endSeconds: 4, severity: "minor" }]),
  flat("black, which has a detector of its own", "black", [2, 4.5], []),
  flat("for a moment", "gray", [2, 2.6], []),
  {
    name: "a clear sky",
    recipe: {
      file: "picture.mp4",
      inputs: [
        pictureOf(
          "color=0x6090D0:size=320x180:rate=25:duration=4,geq=lum='110+70*Y/H':cb=150:cr=110,noise=alls=4:allf=t",
        ),
      ],
      options: h264,
    },
    findings: [],
  },
];
