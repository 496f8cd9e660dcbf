import type { DetectorCase } from "./detector-case.ts";
import { left, pcm, right, soundOf } from "./programme-sound.ts";

function sound(name: string, channels: readonly string[], findings: DetectorCase["findings"]): DetectorCase {
  return { name, recipe: { file: "sound.wav", inputs: [soundOf(channels, 5)], options: pcm }, findings };
}

/** Some samples from a time on. */
const few = (seconds: number, samples: number) => `gte(t,${seconds})*lt(t,${seconds}+${samples}/48000)`;
const clicks = (...seconds: readonly number[]) => seconds.map((at) => `0.4*${few(at, 4)}`).join("+");
/** Struck four times a second: noise that dies away within hundredths of a second. */
const drum = "0.5*(2*random(0)-1)*exp(-120*mod(t,0.25))+0.1*sin(2*PI*110*t)";

export const cases: readonly DetectorCase[] = [
  sound(
    "one click in one channel",
    [`${left}+${clicks(2)}`, right],
    [{ startSeconds: 2, endSeconds: 2.001, severity: "minor" }],
  ),
  sound(
    "three clicks",
    [`${left}+${clicks(1, 2, 3)}`, `${right}+${clicks(1, 2, 3)}`],
    [
      { startSeconds: 1, endSeconds: 1.001, severity: "minor" },
      { startSeconds: 2, endSeconds: 2.001, severity: "minor" },
      { startSeconds: 3, endSeconds: 3.001, severity: "major" },
    ],
  ),
  sound("a drum", [drum, drum], []),
  sound("tones", [left, right], []),
];
