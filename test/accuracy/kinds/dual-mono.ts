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

const excerptSeconds = 14;
function folded(excerpt: SoundExcerpt, name: string, delivery: SoundDelivery = soundDeliveries.aac): Sample {
  return excerptSample(excerpt, {
    name,
    filters: "pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0+0.5*c1",
    truth: [{ startSeconds: 0, endSeconds: excerpt.durationSeconds }],
    delivery,
  });
}

const plain: readonly (readonly [name: string, delivery: SoundDelivery])[] = [
  ["folded to mono", soundDeliveries.aac],
  ["folded to mono, MP3", soundDeliveries["MP3 128k"]],
  ["folded to mono, Opus", soundDeliveries["Opus 96k"]],
  ["folded to mono at a low rate", soundDeliveries["AAC 64k"]],
];

export const dualMono: KindSamples = {
  kind: "dual-mono",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 12).map((excerpt, index) =>
      folded(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative(
      "tune",
      "a voice in the middle of a room",
      "aevalsrc=exprs='0.2*sin(2*PI*220*t)+0.02*sin(2*PI*311*t)|0.2*sin(2*PI*220*t)+0.02*sin(2*PI*415*t)':s=48000:d=14",
    ),
    madeNegative("score", "panned a little", "aevalsrc=exprs='0.2*sin(2*PI*220*t)|0.17*sin(2*PI*220*t)':s=48000:d=14"),
    ...spreadSounds(soundExcerptsOf(sources, excerptSeconds, 12), 3).map((excerpt) =>
      excerptNegative(excerpt, "one channel 10 ms later", `${levelled},adelay=0|10`),
    ),
    ...spreadSounds(soundExcerptsOf(sources, excerptSeconds, 12), 3).map((excerpt) =>
      excerptNegative(excerpt, "inverted", `${levelled},pan=stereo|c0=c0|c1=-1*c0`),
    ),
  ],
  sweeps: [
    {
      name: "difference between the channels",
      unit: "dB",
      values: [-60, -40, -30, -20, -10],
      samples: (levelDb, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 12), 2).map((excerpt) => {
          const side = 10 ** (levelDb / 20);
          return excerptSample(excerpt, {
            name: `side at ${levelDb} dB`,
            filters: `pan=stereo|c0=${0.5 + side / 2}*c0+${0.5 - side / 2}*c1|c1=${0.5 - side / 2}*c0+${0.5 + side / 2}*c1`,
            truth: [{ startSeconds: 0, endSeconds: excerpt.durationSeconds }],
          });
        }),
    },
  ],
};
