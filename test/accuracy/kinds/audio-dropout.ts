import type { FilterCounterpart, KindSamples, Sample } from "../sample.ts";
import {
  excerptNegative,
  excerptSample,
  fine,
  levelled,
  madeNegative,
  type SoundDelivery,
  type SoundExcerpt,
  soundDeliveries,
  soundExcerptsOf,
  spreadSounds,
} from "../sound-excerpts.ts";

const excerptSeconds = 10;

interface Holes {
  readonly milliseconds: number;
  readonly delivery?: SoundDelivery;
}

/** Three holes, while the sound is driven so evenly that it is loud in each of them. */
function torn(excerpt: SoundExcerpt, name: string, { milliseconds, delivery }: Holes): Sample {
  const last = excerpt.durationSeconds - 1.5;
  const starts = [0.3, 0.55, 0.8].map((share) => Math.round(100 * (1 + share * (last - 1))) / 100);
  const truth = starts.map((start) => ({ startSeconds: start, endSeconds: start + milliseconds / 1000 }));
  const inside = truth
    .map(({ startSeconds, endSeconds }) => `gte(t,${startSeconds - 0.0002})*lt(t,${endSeconds - 0.0002})`)
    .join("+");
  return excerptSample(excerpt, {
    name,
    filters: `acompressor=threshold=0.05:ratio=8:attack=2:release=80:makeup=5,alimiter=limit=0.8:level=0,${fine},volume=0:enable='${inside}'`,
    truth,
    ...(delivery && { delivery }),
  });
}

const plain: readonly (readonly [name: string, holes: Holes])[] = [
  ["three of 40 ms", { milliseconds: 40 }],
  ["three of 20 ms, MP3", { milliseconds: 20, delivery: soundDeliveries["MP3 128k"] }],
  ["three of 100 ms, Opus", { milliseconds: 100, delivery: soundDeliveries["Opus 96k"] }],
  ["three of 300 ms", { milliseconds: 300 }],
  ["three of 60 ms at a low rate", { milliseconds: 60, delivery: soundDeliveries["AAC 64k"] }],
  ["three of 24 ms, PCM", { milliseconds: 24, delivery: soundDeliveries.PCM }],
];

const silencedetect: FilterCounterpart = {
  name: "silencedetect=n=-50dB:d=0.01",
  options: ["-af", "silencedetect=n=-50dB:d=0.01"],
  spans(log, durationSeconds) {
    const starts = [...log.matchAll(/silence_start: (-?[\d.]+)/g)].map(([, time]) => Math.max(0, Number(time)));
    const ends = [...log.matchAll(/silence_end: ([\d.]+)/g)].map(([, time]) => Number(time));
    return starts.map((startSeconds, i) => ({ startSeconds, endSeconds: ends[i] ?? durationSeconds }));
  },
};

const morse = "0.3*sin(2*PI*700*t)*gt(sin(2*PI*8.3*t)+0.6*sin(2*PI*2.1*t),0)";
const claps = "0.8*(2*random(0)-1)*exp(-90*mod(t,0.4))";

export const audioDropout: KindSamples = {
  kind: "audio-dropout",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 5).map((excerpt, index) =>
      torn(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative(
      "tune",
      "beeps of a telephone",
      "aevalsrc=exprs='0.3*sin(2*PI*425*t)*lt(mod(t,0.5),0.25)':s=48000:d=8",
    ),
    madeNegative("score", "Morse", `aevalsrc=exprs='${morse}':s=48000:d=8`),
    madeNegative("tune", "claps in a dry room", `aevalsrc=exprs='${claps}':s=48000:d=8`),
    madeNegative(
      "score",
      "staccato",
      "aevalsrc=exprs='0.5*exp(-30*mod(t,0.2))*sin(2*PI*(330+110*floor(mod(t,0.8)/0.2))*t)':s=48000:d=8",
    ),
    ...spreadSounds(soundExcerptsOf(sources, 10, 6), 4).map((excerpt) =>
      excerptNegative(
        excerpt,
        "through a noise gate",
        `${levelled},agate=threshold=0.05:range=0.0001:attack=2:release=60`,
      ),
    ),
  ],
  sweeps: [
    {
      name: "length",
      unit: "ms",
      values: [6, 10, 12, 15, 20, 40, 100],
      samples: (milliseconds, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 2).map((excerpt) =>
          torn(excerpt, `${milliseconds} ms`, { milliseconds }),
        ),
    },
  ],
  filter: silencedetect,
};
