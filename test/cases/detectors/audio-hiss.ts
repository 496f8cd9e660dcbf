import { aac } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { left, soundOf } from "./programme-sound.ts";

function sound(name: string, expression: string, findings: DetectorCase["findings"]): DetectorCase {
  return { name, recipe: { file: "sound.m4a", inputs: [soundOf([expression], 12)], options: aac }, findings };
}

const noise = (amplitude: number) => `${amplitude}*(2*random(0)-1)`;
/** A second of voice, a third of a second of pause. */
const speech = `2*(${left})*lt(mod(t,1.3),1)`;

export const cases: readonly DetectorCase[] = [
  sound("white noise under speech", `${speech}+${noise(0.012)}`, [
    { startSeconds: 0, endSeconds: 12, severity: "minor" },
  ]),
  sound("room tone under speech", `${speech}+${noise(0.001)}`, []),
  sound("rain", noise(0.2), []),
  sound("speech", speech, []),
];
