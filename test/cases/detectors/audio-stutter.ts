import type { DetectorCase } from "./detector-case.ts";
import { pcm, soundOf } from "./programme-sound.ts";

/** Breath and voice that never repeat themselves. */
const voice =
  "(0.6+0.4*sin(2*PI*3*t))*(0.15*sin(2*PI*(180*t+3*sin(2*PI*0.7*t)))+0.1*sin(2*PI*(610*t+9*sin(2*PI*1.1*t)))+0.05*(2*random(0)-1))";

function looped(
  name: string,
  piece: { readonly repeats: number; readonly samples: number },
  findings: DetectorCase["findings"],
): DetectorCase {
  const filter = ["-af", `aloop=loop=${piece.repeats}:size=${piece.samples}:start=96000`];
  return {
    name,
    recipe: { file: "sound.wav", inputs: [soundOf([voice, voice], 4)], options: [...filter, ...pcm] },
    findings,
  };
}

function sound(name: string, expression: string): DetectorCase {
  return { name, recipe: { file: "sound.wav", inputs: [soundOf([expression], 4)], options: pcm }, findings: [] };
}

const bell = "0.3*gte(t,1)*exp(-8*mod(t,0.12))*(sin(2*PI*880*mod(t,0.12))+0.5*sin(2*PI*2217*mod(t,0.12)))";

export const cases: readonly DetectorCase[] = [
  looped("40 ms, five times more", { repeats: 5, samples: 1920 }, [
    { startSeconds: 2.04, endSeconds: 2.24, severity: "minor" },
  ]),
  looped("one frame of AAC, eight times more", { repeats: 8, samples: 1024 }, [
    { startSeconds: 2.021, endSeconds: 2.192, severity: "minor" },
  ]),
  looped("once more is an echo", { repeats: 1, samples: 4800 }, []),
  sound("a tone", "0.3*sin(2*PI*100*t)"),
  sound("an electronic bell that rings", bell),
];
