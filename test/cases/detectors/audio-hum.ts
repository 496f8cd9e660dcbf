import { aac } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { left, pcm, right, soundOf } from "./programme-sound.ts";

type Form = { readonly file: string; readonly options: readonly string[] };

function sound(
  name: string,
  channels: readonly string[],
  findings: DetectorCase["findings"],
  { file, options }: Form = { file: "sound.wav", options: pcm },
): DetectorCase {
  return { name, recipe: { file, inputs: [soundOf(channels, 8)], options }, findings };
}

const tone = (amplitude: number, hertz: number) => `${amplitude}*sin(2*PI*${hertz}*t)`;
const hum = (mains: number) => `${tone(0.01, mains)}+${tone(0.005, 2 * mains)}+${tone(0.003, 3 * mains)}`;
const found = [{ startSeconds: 0, endSeconds: 8, severity: "minor" }] as const;

export const cases: readonly DetectorCase[] = [
  sound("mains at 50 Hz", [`${left}+${hum(50)}`, `${right}+${hum(50)}`], found),
  sound("mains at 60 Hz, as AAC", [`${left}+${hum(59.95)}`, `${right}+${hum(59.95)}`], found, {
    file: "sound.m4a",
    options: aac,
  }),
  sound("an organ's G", [`${hum(49)}+${left}`, `${hum(49)}+${right}`], []),
  sound("a bass that plays A and D", [`0.2*sin(2*PI*if(lt(mod(t,2),1),55,73.4)*t)+${left}`, left], []),
  sound("clean", [left, right], []),
];
