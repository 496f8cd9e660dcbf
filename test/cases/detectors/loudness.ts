import type { DetectorCase } from "./detector-case.ts";
import { pcm, soundOf } from "./programme-sound.ts";

/** EBU Tech 3341 case 1: a stereo sine of 1 kHz with peaks at a level in dBFS is as loud as that level in LUFS. */
function tone(
  name: string,
  levelLufs: number,
  findings: DetectorCase["findings"],
  expect?: DetectorCase["expect"],
): DetectorCase {
  const sine = `${10 ** (levelLufs / 20)}*sin(2*PI*1000*t)`;
  const recipe = { file: "tone.wav", inputs: [soundOf([sine, sine], 10)], options: pcm };
  return { name, recipe, findings, ...(expect && { expect }) };
}

const whole = { startSeconds: 0, endSeconds: 10 } as const;

export const cases: readonly DetectorCase[] = [
  tone("on target", -23, []),
  tone("half a unit off is still right", -22.6, []),
  tone("too loud, nothing expected", -18, [{ ...whole, severity: "info" }]),
  tone("too loud for what is expected", -18, [{ ...whole, severity: "major" }], { loudness: { targetLufs: -23 } }),
  tone("as loud as expected", -16, [], { loudness: { targetLufs: -16, toleranceLu: 1 } }),
];
