import type { DetectorCase } from "./detector-case.ts";
import { left, pcm, right, silenced, soundOf } from "./programme-sound.ts";

function sound(
  name: string,
  channels: readonly string[],
  findings: DetectorCase["findings"],
  options: readonly string[] = [],
): DetectorCase {
  return {
    name,
    recipe: { file: "sound.wav", inputs: [soundOf(channels, 8)], options: [...options, ...pcm] },
    findings,
  };
}

const surround = [left, right, "0", "0", left, right] as const;
const surroundLayout = ["-af", "aformat=channel_layouts=5.1"] as const;

export const cases: readonly DetectorCase[] = [
  sound(
    "the right leg",
    [left, silenced(right, 2, 5)],
    [{ startSeconds: 2, endSeconds: 5, severity: "minor", channel: 1 }],
  ),
  sound("both legs, which is silence", [silenced(left, 2, 5), silenced(right, 2, 5)], []),
  sound("for a moment", [left, silenced(right, 2, 3.5)], []),
  sound("centre and LFE of a surround mix without speech", surround, [], surroundLayout),
  sound(
    "one surround of two",
    [...surround.slice(0, 4), silenced(left, 2, 6), right],
    [{ startSeconds: 2, endSeconds: 6, severity: "minor", channel: 4 }],
    surroundLayout,
  ),
  sound("mono", [left], []),
];
