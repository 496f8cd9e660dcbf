import type { KindSamples, Sample } from "../sample.ts";
import {
  excerptSample,
  madeNegative,
  type SoundDelivery,
  type SoundExcerpt,
  soundDeliveries,
  soundExcerptsOf,
  spreadSounds,
} from "../sound-excerpts.ts";

const excerptSeconds = 8;

interface Loop {
  readonly milliseconds: number;
  readonly repeats: number;
  readonly delivery?: SoundDelivery;
}

/** A piece from the third second on that comes back so many times. */
function looping(excerpt: SoundExcerpt, name: string, { milliseconds, repeats, delivery }: Loop): Sample {
  const start = Math.min(3, excerpt.durationSeconds / 2);
  const piece = milliseconds / 1000;
  return excerptSample(excerpt, {
    name,
    filters: `acompressor=threshold=0.05:ratio=8:makeup=5,alimiter=limit=0.8:level=0,aloop=loop=${repeats}:size=${48 * milliseconds}:start=${Math.round(48_000 * start)}`,
    truth: [{ startSeconds: start + piece, endSeconds: start + (repeats + 1) * piece }],
    ...(delivery && { delivery }),
  });
}

const plain: readonly (readonly [name: string, loop: Loop])[] = [
  ["40 ms, ten times", { milliseconds: 40, repeats: 10 }],
  ["100 ms, six times", { milliseconds: 100, repeats: 6 }],
  ["20 ms, twenty times, PCM", { milliseconds: 20, repeats: 20, delivery: soundDeliveries.PCM }],
  ["250 ms, five times, Opus", { milliseconds: 250, repeats: 5, delivery: soundDeliveries["Opus 96k"] }],
  ["60 ms, eight times, MP3", { milliseconds: 60, repeats: 8, delivery: soundDeliveries["MP3 128k"] }],
];

const square = "0.2*(2*gt(mod(t*110,1),0.5)-1)";
const ring = "0.2*(sin(2*PI*440*t)+sin(2*PI*480*t))*lt(mod(t,3),2)";
const drums =
  "0.6*exp(-30*mod(t,0.125))*sin(2*PI*120*mod(t,0.125))+0.3*exp(-80*mod(t,0.25))*sin(2*PI*3000*mod(t,0.25))";
const arpeggio = "0.2*sin(2*PI*(220+110*floor(mod(t,0.3)/0.1))*mod(t,0.1))*exp(-8*mod(t,0.1))";

export const audioStutter: KindSamples = {
  kind: "audio-stutter",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 6).map((excerpt, index) =>
      looping(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: () => [
    madeNegative("tune", "a square wave", `aevalsrc=exprs='${square}':s=48000:d=6`),
    madeNegative("score", "a telephone that rings", `aevalsrc=exprs='${ring}':s=48000:d=8`),
    madeNegative("tune", "a drum machine", `aevalsrc=exprs='${drums}':s=48000:d=6`),
    madeNegative("score", "an arpeggio", `aevalsrc=exprs='${arpeggio}':s=48000:d=6`),
    madeNegative("tune", "a steady tone", "sine=frequency=73:sample_rate=48000:duration=6"),
  ],
  sweeps: [
    {
      name: "length of the piece",
      unit: "ms",
      values: [10, 20, 40, 100, 250, 500],
      samples: (milliseconds, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 2).map((excerpt) =>
          looping(excerpt, `${milliseconds} ms`, {
            milliseconds,
            repeats: Math.max(5, Math.round(200 / milliseconds)),
          }),
        ),
    },
    {
      name: "repeats of 40 ms",
      unit: "",
      values: [1, 2, 3, 5, 10],
      samples: (repeats, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 2).map((excerpt) =>
          looping(excerpt, `${repeats} times`, { milliseconds: 40, repeats }),
        ),
    },
  ],
};
