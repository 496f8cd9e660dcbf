import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { moving, pictureOf, still } from "./programme-picture.ts";

function picture(name: string, graph: string, findings: DetectorCase["findings"], file = "picture.mp4"): DetectorCase {
  return { name, recipe: { file, inputs: [pictureOf(graph)], options: h264 }, findings };
}

/** A soft picture that moves by four pixels a frame: two steps differ by about twice as much as one. */
const smooth = (seconds: number) => `${still(seconds)},gblur=sigma=4,scroll=horizontal=0.0125`;

export const cases: readonly DetectorCase[] = [
  // Frames 24, 36 and so on are missing, so that the frames after them come at 0.96 s, 1.4 s and so on.
  picture("one in twelve, the rest closed up", `${smooth(7)},select='lt(n,20)+mod(n,12)',setpts=N/25/TB`, [
    { startSeconds: 0.96, endSeconds: 6.24, severity: "minor" },
  ]),
  picture("all there", smooth(6), []),
  picture("all there, under grain", moving(6), []),
  picture("one missing", `${smooth(6)},select='not(eq(n,70))',setpts=N/25/TB`, []),
];
