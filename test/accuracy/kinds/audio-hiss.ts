import type { KindSamples, Sample } from "../sample.ts";
import {
  excerptNegative,
  levelled,
  madeNegative,
  type SoundDelivery,
  type SoundExcerpt,
  soundDeliveries,
  soundExcerptsOf,
  sounding,
  spreadSounds,
} from "../sound-excerpts.ts";

const excerptSeconds = 16;

interface Hiss {
  readonly levelDbfs: number;
  readonly delivery?: SoundDelivery;
}

/** Speech, whose pauses let the noise be heard: where there is no pause, nobody hears any. */
const spoken = (excerpts: readonly SoundExcerpt[]) => excerpts.filter(({ source }) => !/^(music|amb)_/.test(source.id));

function hissing(excerpt: SoundExcerpt, name: string, { levelDbfs, delivery = soundDeliveries.aac }: Hiss): Sample {
  const { source, input, durationSeconds } = excerpt;
  // Noise that is spread evenly over an amplitude has an RMS level 4.8 dB below it.
  const amplitude = 10 ** ((levelDbfs + 4.8) / 20);
  const noise = `anoisesrc=r=48000:a=${amplitude}:seed=6:d=${durationSeconds},aformat=channel_layouts=stereo[n]`;
  const graph = `[0:a]${levelled}[own];${noise};[own][n]amix=inputs=2:normalize=0:duration=first[out]`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: sounding([input], graph, delivery),
    truth: [{ startSeconds: 0, endSeconds: durationSeconds }],
  };
}

const plain: readonly (readonly [name: string, hiss: Hiss])[] = [
  ["white noise at −42 dBFS", { levelDbfs: -42 }],
  ["white noise at −40 dBFS, Opus", { levelDbfs: -40, delivery: soundDeliveries["Opus 96k"] }],
  ["white noise at −44 dBFS, PCM", { levelDbfs: -44, delivery: soundDeliveries.PCM }],
];

export const audioHiss: KindSamples = {
  kind: "audio-hiss",
  defects: (sources) =>
    spoken(soundExcerptsOf(sources, excerptSeconds, 11)).map((excerpt, index) =>
      hissing(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative("tune", "rain", "anoisesrc=r=48000:a=0.15:seed=2:d=14"),
    madeNegative("score", "applause", "anoisesrc=r=48000:a=0.4:seed=3:d=14,tremolo=f=9:d=0.5,highpass=f=800"),
    madeNegative("tune", "the sea", "anoisesrc=r=48000:a=0.3:c=pink:seed=5:d=14,tremolo=f=0.15:d=0.9"),
    madeNegative(
      "score",
      "cymbals",
      "aevalsrc=exprs='0.3*(2*random(0)-1)*exp(-3*mod(t,0.6))':s=48000:d=14,highpass=f=4000",
    ),
    ...spreadSounds(soundExcerptsOf(sources, 14, 11), 4).map((excerpt) =>
      excerptNegative(excerpt, "with the treble turned up", `${levelled},treble=g=6:f=6000,volume=-6dB`),
    ),
  ],
  sweeps: [
    {
      name: "level",
      unit: "dBFS",
      values: [-60, -54, -48, -42, -36],
      samples: (levelDbfs, sources) =>
        spreadSounds(spoken(soundExcerptsOf(sources, excerptSeconds, 11)), 2).map((excerpt) =>
          hissing(excerpt, `${levelDbfs} dBFS`, { levelDbfs }),
        ),
    },
  ],
};
