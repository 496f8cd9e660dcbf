import { aac } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { left, right, soundOf } from "./programme-sound.ts";

function sound(name: string, channels: readonly string[], findings: DetectorCase["findings"]): DetectorCase {
  return { name, recipe: { file: "sound.m4a", inputs: [soundOf(channels, 13)], options: aac }, findings };
}

export const cases: readonly DetectorCase[] = [
  sound(
    "stereo that has become mono",
    [left, `if(lt(t,2),${right},${left})`],
    [{ startSeconds: 2, endSeconds: 13, severity: "info" }],
  ),
  sound("stereo", [left, right], []),
  sound("one voice, panned to the left", [left, `0.7*(${left})`], []),
  sound("mono for nine seconds", [left, `if(lt(t,4),${right},${left})`], []),
];
