import { aac, exact, h264, picture, sound } from "../../fixtures/ingredients.ts";
import type { RecipeInput } from "../../fixtures/recipe.ts";
import type { DetectorCase } from "./detector-case.ts";

/** A white flash of two pictures each second, from picture 12 on, over a bar that wanders about. */
const flashes: RecipeInput = {
  graph:
    "color=c=0x202020:s=320x180:r=25:d=6,drawbox=x='mod(40*t,320)':y=160:w=8:h=8:c=gray:t=fill,drawbox=c=white:t=fill:enable='gte(n,12)*lt(mod(n-12,25),2)'",
};

/** A tone of 1 kHz and 80 ms each second, so many seconds after the flash. */
function beeps(lateSeconds: number, wave = "0.5*sin(2*PI*1000*t)"): RecipeInput {
  const sounding = `lt(mod(t+0.52-(${lateSeconds}),1),0.08)`;
  return { graph: `aevalsrc=exprs='${wave}*${sounding}|${wave}*${sounding}':s=48000:d=6` };
}

function clip(
  name: string,
  inputs: readonly RecipeInput[],
  findings: DetectorCase["findings"],
  options: readonly string[] = [],
): DetectorCase {
  return { name, recipe: { file: "clip.mp4", inputs, options: [...h264, ...aac, ...options, ...exact] }, findings };
}

export const cases: readonly DetectorCase[] = [
  clip("beeps 100 ms early", [flashes, beeps(-0.1)], [{ startSeconds: 0.38, endSeconds: 5.56, severity: "critical" }]),
  clip("beeps 60 ms early", [flashes, beeps(-0.06)], [{ startSeconds: 0.42, endSeconds: 5.56, severity: "major" }]),
  clip("beeps 150 ms late", [flashes, beeps(0.15)], [{ startSeconds: 0.48, endSeconds: 5.71, severity: "major" }]),
  clip("beeps 100 ms late, which nobody notices", [flashes, beeps(0.1)], []),
  clip("a strobe with drums", [flashes, beeps(0.15, "0.8*exp(-30*mod(t+0.37,1))*sin(2*PI*60*t)")], []),
  clip("ordinary programme", [picture("320x180", "25", 6), sound(2, 48_000, 6)], []),
  // The timestamps of the sound run 5% slower than its samples.
  clip(
    "a clock that runs slow",
    [picture("320x180", "25", 6), sound(2, 48_000, 6)],
    [{ startSeconds: 2.64, endSeconds: 6.3, severity: "critical" }],
    ["-bsf:a", "setts=ts=TS*1.05"],
  ),
];
