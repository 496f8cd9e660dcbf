import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { moving, pictureOf } from "./programme-picture.ts";

/** Packets of which every 300th byte or so is overwritten, from one to another; every 25th begins anew. */
const broken = (first: number, last: number) => [
  "-bsf:v",
  `noise=amount=if(between(n\\,${first}\\,${last})\\,300\\,0)`,
];

export const cases: readonly DetectorCase[] = [
  {
    name: "none",
    recipe: { file: "picture.ts", inputs: [pictureOf(moving(4))], options: [...h264, "-bf", "0"] },
    findings: [],
  },
  {
    name: "broken packets",
    recipe: {
      file: "picture.ts",
      inputs: [pictureOf(moving(5))],
      options: [...h264, "-bf", "0", ...broken(55, 57)],
    },
    findings: [{ startSeconds: 2.2, endSeconds: 3, severity: "minor" }],
  },
];
