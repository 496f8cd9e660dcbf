import type { FilterCounterpart, KindSamples, Sample } from "../sample.ts";
import {
  excerptNegative,
  excerptSample,
  madeNegative,
  type SoundDelivery,
  type SoundExcerpt,
  soundDeliveries,
  soundExcerptsOf,
  spreadSounds,
} from "../sound-excerpts.ts";

const excerptSeconds = 12;

interface Inverted {
  readonly seconds: number;
  /** Share of the right that is the left inverted; the rest is what the right was. */
  readonly share?: number;
  readonly delivery?: SoundDelivery;
}

/** Mono in both channels, one of them inverted within the span. */
function inverted(excerpt: SoundExcerpt, name: string, { seconds, share = 1, delivery }: Inverted): Sample {
  const start = Math.min(4, Math.max(1, excerpt.durationSeconds - seconds - 1));
  const end = Math.min(start + seconds, excerpt.durationSeconds - 0.5);
  const sign = `(1-2*gte(t,${start})*lt(t,${end}))`;
  const right = share === 1 ? `val(0)*${sign}` : `${share}*val(0)*${sign}+${1 - share}*val(1)`;
  return excerptSample(excerpt, {
    name,
    filters: `aeval='val(0)|${right}':c=same`,
    truth: [{ startSeconds: start, endSeconds: end }],
    ...(delivery && { delivery }),
  });
}

const plain: readonly (readonly [name: string, inverted: Inverted])[] = [
  ["3 s", { seconds: 3 }],
  ["4 s, MP3", { seconds: 4, delivery: soundDeliveries["MP3 128k"] }],
  ["2.5 s, MP2", { seconds: 2.5, delivery: soundDeliveries["MP2 192k"] }],
  ["3 s, Opus", { seconds: 3, delivery: soundDeliveries["Opus 96k"] }],
  ["3 s at a low rate", { seconds: 3, delivery: soundDeliveries["AAC 64k"] }],
  ["2.2 s, PCM", { seconds: 2.2, delivery: soundDeliveries.PCM }],
];

/** Its default tolerance of 0° tells nothing of coded sound; 180° ± 26° is a correlation below −0.9. */
const aphasemeter: FilterCounterpart = {
  name: "aphasemeter=video=0:phasing=1:angle=154",
  options: ["-af", "aphasemeter=video=0:phasing=1:angle=154:tolerance=0:duration=2"],
  spans(log, durationSeconds) {
    const starts = [...log.matchAll(/out_phase_start: (-?[\d.]+)/g)].map(([, time]) => Math.max(0, Number(time)));
    const ends = [...log.matchAll(/out_phase_end: ([\d.]+)/g)].map(([, time]) => Number(time));
    return starts.map((startSeconds, i) => ({ startSeconds, endSeconds: ends[i] ?? durationSeconds }));
  },
};

export const phaseInversion: KindSamples = {
  kind: "phase-inversion",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 5).map((excerpt, index) =>
      inverted(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative(
      "tune",
      "wide stereo of one choir",
      "aevalsrc=exprs='0.2*sin(1382*t)+0.15*sin(1745*t)|-0.2*sin(1382*t)+0.15*sin(1745*t)':s=48000:d=6",
    ),
    madeNegative(
      "score",
      "an organ of which each side has its own pipes",
      "aevalsrc=exprs='0.1*(sin(822*t)+sin(1644*t)+sin(2470*t))|0.1*(sin(826*t)+sin(1652*t)+sin(2459*t))':s=48000:d=8",
    ),
    madeNegative(
      "tune",
      "rain in stereo",
      "anoisesrc=r=48000:a=0.2:seed=1:d=6[l];anoisesrc=r=48000:a=0.2:seed=2:d=6[r];[l][r]join=inputs=2:channel_layout=stereo",
    ),
    madeNegative(
      "score",
      "an echo that comes back inverted",
      "aevalsrc=exprs='0.2*sin(1100*t)*(0.6+0.4*sin(19*t))|0.2*sin(1100*(t-0.011))*(0.6+0.4*sin(19*(t-0.011)))-0.15*sin(1100*t)':s=48000:d=6",
    ),
    ...spreadSounds(
      soundExcerptsOf(sources, 10, 6).filter(({ source }) => source.sound?.channels === 2),
      4,
    ).map((excerpt) => excerptNegative(excerpt, "widened", "extrastereo=m=2:c=1")),
  ],
  sweeps: [
    {
      name: "length",
      unit: "s",
      values: [1, 1.5, 1.9, 2.1, 2.5, 4],
      samples: (seconds, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 1).map((excerpt) =>
          inverted(excerpt, `length ${seconds} s`, { seconds }),
        ),
    },
    {
      name: "share of inverted mono in the right",
      unit: "",
      values: [0.5, 0.6, 0.7, 0.8, 0.9, 1],
      samples: (share, sources) =>
        spreadSounds(
          soundExcerptsOf(sources, excerptSeconds, 8).filter(({ source }) => source.sound?.channels === 2),
          2,
        ).map((excerpt) => inverted(excerpt, `share ${share}`, { seconds: 4, share })),
    },
  ],
  filter: aphasemeter,
};
