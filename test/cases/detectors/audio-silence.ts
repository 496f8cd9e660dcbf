import type { DetectorCase } from "./detector-case.ts";
import { left, pcm, right, silenced, soundOf } from "./programme-sound.ts";

function silent(name: string, span: readonly [number, number], findings: DetectorCase["findings"]): DetectorCase {
  const sound = soundOf([silenced(left, ...span), silenced(right, ...span)], span[1] + 1);
  return { name, recipe: { file: "sound.wav", inputs: [sound], options: pcm }, findings };
}

export const cases: readonly DetectorCase[] = [
  silent("three seconds", [2, 5], [{ startSeconds: 2, endSeconds: 5, severity: "minor" }]),
  silent("twelve seconds", [1, 13], [{ startSeconds: 1, endSeconds: 13, severity: "major" }]),
  silent("thirty-one seconds", [1, 32], [{ startSeconds: 1, endSeconds: 32, severity: "critical" }]),
  silent("a pause", [2, 3.8], []),
  {
    name: "room tone at −55 dBFS",
    recipe: { file: "sound.wav", inputs: [{ graph: "anoisesrc=a=0.0031:c=white:r=48000:d=5:seed=3" }], options: pcm },
    findings: [],
  },
  {
    name: "one channel only",
    recipe: { file: "sound.wav", inputs: [soundOf([left, silenced(right, 0, 6)], 6)], options: pcm },
    findings: [],
  },
];
