import { aac } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { left, pcm, right, silenced, soundOf, within } from "./programme-sound.ts";

function sound(
  name: string,
  channels: readonly string[],
  findings: DetectorCase["findings"],
  form: { readonly file: string; readonly options: readonly string[] } = { file: "sound.wav", options: pcm },
): DetectorCase {
  return { name, recipe: { file: form.file, inputs: [soundOf(channels, 5)], options: form.options }, findings };
}

/** Words whose sound dies away within a tenth of a second, with pauses between them. */
const staccato = "0.5*exp(-40*mod(t,0.25))*sin(2*PI*330*t)";
const beeps = "0.3*sin(2*PI*800*t)*lt(mod(t,0.12),0.06)";

export const cases: readonly DetectorCase[] = [
  sound(
    "20 ms missing",
    [silenced(left, 2.003, 2.023), silenced(right, 2.003, 2.023)],
    [{ startSeconds: 2.003, endSeconds: 2.023, severity: "minor" }],
  ),
  sound(
    "150 ms missing in one channel, as AAC",
    [left, silenced(right, 2, 2.15)],
    [{ startSeconds: 2, endSeconds: 2.15, severity: "minor", channel: 1 }],
    { file: "sound.m4a", options: aac },
  ),
  sound(
    "three in ten seconds",
    [silenced(silenced(silenced(left, 1.1, 1.14), 2.1, 2.14), 3.1, 3.14)],
    [
      { startSeconds: 1.1, endSeconds: 1.14, severity: "minor" },
      { startSeconds: 2.1, endSeconds: 2.14, severity: "minor" },
      { startSeconds: 3.1, endSeconds: 3.14, severity: "major" },
    ],
  ),
  sound("notes that die away", [staccato, staccato], []),
  sound("a row of beeps", [`(${beeps})*${within(1, 4)}`], []),
];
