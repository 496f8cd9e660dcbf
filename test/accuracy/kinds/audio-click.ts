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

const excerptSeconds = 10;

interface Clicks {
  readonly amplitude: number;
  readonly samples: number;
  readonly delivery?: SoundDelivery;
}

/** Four clicks in the left channel. */
function clicked(excerpt: SoundExcerpt, name: string, { amplitude, samples, delivery }: Clicks): Sample {
  const last = excerpt.durationSeconds - 1;
  const starts = [0.15, 0.4, 0.65, 0.9].map((share) => Math.round(1000 * (1 + share * (last - 1))) / 1000);
  const inside = starts.map(
    (start) => `between(n,${Math.round(start * 48_000)},${Math.round(start * 48_000) + samples - 1})`,
  );
  return excerptSample(excerpt, {
    name,
    filters: `aformat=sample_fmts=dblp,aeval='val(0)+${amplitude}*(${inside.join("+")})|val(1)':c=same`,
    truth: starts.map((start) => ({ startSeconds: start, endSeconds: start + 0.002 })),
    ...(delivery && { delivery }),
  });
}

const plain: readonly (readonly [name: string, clicks: Clicks])[] = [
  ["four samples at 0.6", { amplitude: 0.6, samples: 4 }],
  ["two samples at 0.5, PCM", { amplitude: 0.5, samples: 2, delivery: soundDeliveries.PCM }],
  ["five samples at 0.6, Opus", { amplitude: 0.6, samples: 5, delivery: soundDeliveries["Opus 96k"] }],
  ["forty samples at 0.5", { amplitude: 0.5, samples: 40 }],
  ["four samples at 0.6, MP3", { amplitude: 0.6, samples: 4, delivery: soundDeliveries["MP3 128k"] }],
];

const castanets = "0.7*(2*random(0)-1)*exp(-300*mod(t,0.15))*sin(2*PI*2500*t)";
const rim = "0.6*exp(-400*mod(t,0.5))*sin(2*PI*1700*mod(t,0.5))+0.1*sin(2*PI*98*t)";
const brass =
  "0.1*(sin(2*PI*233*t)+sin(2*PI*466*t)+sin(2*PI*699*t)+sin(2*PI*932*t)+sin(2*PI*1165*t))*gt(mod(t,0.5),0.1)";

export const audioClick: KindSamples = {
  kind: "audio-click",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 5).map((excerpt, index) =>
      clicked(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative("tune", "castanets", `aevalsrc=exprs='${castanets}':s=48000:d=8`),
    madeNegative("score", "rim shots", `aevalsrc=exprs='${rim}':s=48000:d=8`),
    madeNegative("tune", "brass", `aevalsrc=exprs='${brass}':s=48000:d=8`),
    madeNegative("score", "rain", "anoisesrc=r=48000:a=0.3:seed=4:d=8,tremolo=f=7:d=0.7"),
    ...spreadSounds(soundExcerptsOf(sources, 10, 6), 3).map((excerpt) =>
      excerptNegative(excerpt, "with more attack", `${levelled},acompressor=threshold=0.1:ratio=6:attack=30:makeup=4`),
    ),
  ],
  sweeps: [
    {
      name: "amplitude of four samples",
      unit: "",
      values: [0.05, 0.1, 0.2, 0.4, 0.6],
      samples: (amplitude, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 2).map((excerpt) =>
          clicked(excerpt, `amplitude ${amplitude}`, { amplitude, samples: 4 }),
        ),
    },
    {
      name: "length",
      unit: "samples",
      values: [1, 4, 16, 48, 96],
      samples: (samples, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 2).map((excerpt) =>
          clicked(excerpt, `${samples} samples`, { amplitude: 0.5, samples }),
        ),
    },
  ],
};
