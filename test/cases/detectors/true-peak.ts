import type { DetectorCase } from "./detector-case.ts";
import { pcm, soundOf, within } from "./programme-sound.ts";

/** A quarter of the sampling rate, sampled 45° off its peaks: these lie 3 dB above the samples (EBU Tech 3341 case 15). */
function quarterRate(
  name: string,
  samplePeak: number,
  findings: DetectorCase["findings"],
  expect?: DetectorCase["expect"],
): DetectorCase {
  const sine = `(0.1+${(samplePeak * Math.SQRT2 - 0.1).toFixed(6)}*${within(2, 3)})*sin(2*PI*12000*t+PI/4)`;
  const recipe = { file: "tone.wav", inputs: [soundOf([sine, sine], 5)], options: pcm };
  return { name, recipe, findings, ...(expect && { expect }) };
}

const span = { startSeconds: 2, endSeconds: 3 } as const;

export const cases: readonly DetectorCase[] = [
  quarterRate("peaks between samples", 0.7, [{ ...span, severity: "info" }]),
  quarterRate("peaks above what is expected", 0.7, [{ ...span, severity: "major" }], { truePeak: { maxDbtp: -2 } }),
  quarterRate("peaks below the limit", 0.55, []),
];
