import type { DetectorCase } from "./detector-case.ts";
import { left, pcm, right, soundOf, within } from "./programme-sound.ts";

/** Driven into the limits within a span, then turned down, as a later fader does. */
function overdriven(channel: string, fromSeconds: number, toSeconds: number): string {
  return `0.5*clip((${channel})*(1+39*${within(fromSeconds, toSeconds)}),-1,1)`;
}

function sound(name: string, channels: readonly string[], findings: DetectorCase["findings"]): DetectorCase {
  return { name, recipe: { file: "sound.wav", inputs: [soundOf(channels, 8)], options: pcm }, findings };
}

export const cases: readonly DetectorCase[] = [
  sound(
    "clipped, then turned down",
    [overdriven(left, 2, 6), overdriven(right, 2, 6)],
    [{ startSeconds: 2, endSeconds: 6, severity: "major" }],
  ),
  sound("loud but whole", [`5.5*${left}`, `5.5*${right}`], []),
];
