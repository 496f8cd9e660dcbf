import type { KindSamples, Sample } from "../sample.ts";
import {
  excerptNegative,
  excerptSample,
  levelled,
  madeNegative,
  type SoundDelivery,
  type SoundExcerpt,
  soundDeliveries,
  soundExcerptsOf,
  spreadSounds,
} from "../sound-excerpts.ts";

const excerptSeconds = 16;

interface Hum {
  readonly mainsHz: number;
  /** Of the fundamental; the harmonics are 6 and 10 dB below. */
  readonly levelDbfs: number;
  readonly delivery?: SoundDelivery;
}

/** From the first moment to the last, as a bad ground does. */
function humming(excerpt: SoundExcerpt, name: string, { mainsHz, levelDbfs, delivery }: Hum): Sample {
  const amplitude = Math.SQRT2 * 10 ** (levelDbfs / 20);
  const line = [1, 0.5, 0.3].map((share, k) => `${share}*sin(2*PI*${(k + 1) * mainsHz}*t)`).join("+");
  const channel = (c: number) => `val(${c})+${amplitude}*(${line})`;
  return excerptSample(excerpt, {
    name,
    filters: `aeval='${channel(0)}|${channel(1)}':c=same`,
    truth: [{ startSeconds: 0, endSeconds: excerpt.durationSeconds }],
    ...(delivery && { delivery }),
  });
}

const plain: readonly (readonly [name: string, hum: Hum])[] = [
  ["50 Hz at −36 dBFS", { mainsHz: 50, levelDbfs: -36 }],
  ["60 Hz at −38 dBFS", { mainsHz: 60, levelDbfs: -38 }],
  ["49.95 Hz at −34 dBFS, MP3", { mainsHz: 49.95, levelDbfs: -34, delivery: soundDeliveries["MP3 128k"] }],
  ["60.03 Hz at −40 dBFS, Opus", { mainsHz: 60.03, levelDbfs: -40, delivery: soundDeliveries["Opus 96k"] }],
  ["50 Hz at −42 dBFS", { mainsHz: 50, levelDbfs: -42 }],
];

const organ = "0.1*(sin(2*PI*49*t)+0.6*sin(2*PI*98*t)+0.4*sin(2*PI*147*t)+0.3*sin(2*PI*196*t))";
const didgeridoo = "0.2*(sin(2*PI*73*t)+0.5*sin(2*PI*146*t)+0.4*sin(2*PI*219*t))*(0.8+0.2*sin(2*PI*4*t))";
const engine = "0.1*(sin(2*PI*(47*t+2*t*t/8))+0.5*sin(2*PI*(94*t+4*t*t/8)))";
/** A string takes 5 ms to move: one that jumps clicks. */
const bass =
  "0.2*sin(2*PI*if(lt(mod(t,2),1),49,61.7)*t)*exp(-2*mod(t,0.5))*clip(min(mod(t,0.5),0.5-mod(t,0.5))/0.005,0,1)";
/** A kick that is the same sample each time, locked to the beat: all multiples of its rate are lines, those of the mains too. */
const kicks = (everySeconds: number) =>
  `0.6*exp(-12*mod(t,${everySeconds}))*sin(2*PI*52*mod(t,${everySeconds})+6*(1-exp(-40*mod(t,${everySeconds}))))`;

export const audioHum: KindSamples = {
  kind: "audio-hum",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 9).map((excerpt, index) =>
      humming(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative("tune", "an organ's lowest G", `aevalsrc=exprs='${organ}':s=48000:d=12`),
    madeNegative("score", "a didgeridoo", `aevalsrc=exprs='${didgeridoo}':s=48000:d=12`),
    madeNegative("tune", "an electric engine", `aevalsrc=exprs='${engine}':s=48000:d=12`),
    madeNegative("score", "a bass guitar", `aevalsrc=exprs='${bass}':s=48000:d=12`),
    madeNegative("tune", "a drum machine at 120 beats a minute", `aevalsrc=exprs='${kicks(0.5)}':s=48000:d=14`),
    madeNegative("score", "a drum machine at 150 beats a minute", `aevalsrc=exprs='${kicks(0.4)}':s=48000:d=14`),
    ...spreadSounds(soundExcerptsOf(sources, 14, 9), 3).map((excerpt) =>
      excerptNegative(excerpt, "with the bass turned up", `${levelled},bass=g=12:f=80,volume=-8dB`),
    ),
  ],
  sweeps: [
    {
      name: "level",
      unit: "dBFS",
      values: [-60, -54, -48, -42, -36, -30],
      samples: (levelDbfs, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 12), 3).map((excerpt) =>
          humming(excerpt, `${levelDbfs} dBFS`, { mainsHz: 50, levelDbfs }),
        ),
    },
  ],
};
