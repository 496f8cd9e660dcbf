import type { DetectorCase } from "./detector-case.ts";
import { left, pcm, right, soundOf, within } from "./programme-sound.ts";

function sound(name: string, channels: readonly string[], findings: DetectorCase["findings"]): DetectorCase {
  return { name, recipe: { file: "sound.wav", inputs: [soundOf(channels, 8)], options: pcm }, findings };
}

export const cases: readonly DetectorCase[] = [
  sound(
    "one leg turned over",
    [left, `(${left})*(1-2*${within(2, 5)})`],
    [{ startSeconds: 2, endSeconds: 5, severity: "major" }],
  ),
  sound("wide stereo", [left, right], []),
  sound("mono in both legs", [left, left], []),
  sound("turned over for a second", [left, `(${left})*(1-2*${within(2, 3)})`], []),
];
