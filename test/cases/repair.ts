import { aac, exact, h264, picture, sound } from "../fixtures/ingredients.ts";
import type { RecipeInput, Recipes } from "../fixtures/recipe.ts";

/** A leader of flashes, one a second, before the programme begins. */
const flashes: RecipeInput = {
  graph:
    "color=c=0x202020:s=320x180:r=25:d=4.4,drawbox=x='mod(40*t,320)':y=160:w=8:h=8:c=gray:t=fill,drawbox=c=white:t=fill:enable='gte(n,12)*lt(mod(n-12,25),2)',format=yuv444p",
};
/** The beeps that belong to them, 200 ms early. */
const beep = "0.04*sin(2*PI*1000*t)*lt(mod(t+0.72,1),0.08)";
const beeps: RecipeInput = { graph: `aevalsrc=exprs='${beep}|${beep}':s=48000:d=4.4` };
const quiet = "volume=-8.5dB";

const joined = `[0:v][2:v]concat=n=2,format=yuv420p[v];[3:a]${quiet}[q];[1:a][q]concat=n=2:v=0:a=1[a]`;
const mapped = ["-map", "[v]", "-map", "[a]"];

/** Loses data in the pictures from 8.2 to 8.7 s, but for key pictures. */
const loss = "noise=amount=if(between(pts*tb\\,8.2\\,8.7)*not(key)\\,40\\,0)";

/** 20 ms of nothing at 2 s, and five samples at full scale at 4 s. */
const holes =
  "aeval='val(0)*not(between(t,2,2.02))+0.9*between(t,4,4.0001)|val(1)*not(between(t,2,2.02))+0.9*between(t,4,4.0001)':c=same";

export const repairRecipes: Recipes = {
  whole: {
    file: "whole.mp4",
    inputs: [flashes, beeps, picture("320x180", "25", 7.6), sound(2, 48_000, 7.6)],
    options: ["-filter_complex", joined, ...mapped, ...h264, "-bf", "2", "-sc_threshold", "0", ...aac, ...exact],
  },
  broken: { file: "broken.mp4", inputs: [{ fixture: "whole" }], options: ["-c", "copy", "-bsf:v", loss, ...exact] },
  quiet: { file: "quiet.wav", inputs: [{ graph: "sine=r=48000:f=997:d=3,volume=-10dB" }], options: [...exact] },
  holed: {
    file: "holed.mp4",
    inputs: [picture("320x180", "25", 6), sound(2, 48_000, 6)],
    options: ["-af", holes, ...h264, ...aac, ...exact],
  },
};
