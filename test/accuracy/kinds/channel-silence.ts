import type { FilterCounterpart, KindSamples, Sample } from "../sample.ts";
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

const excerptSeconds = 12;

interface Lost {
  readonly channel: 0 | 1;
  readonly seconds: number;
  /** What is left of the channel, dB. */
  readonly leftDb?: number;
  readonly delivery?: SoundDelivery;
}

function lost(excerpt: SoundExcerpt, name: string, { channel, seconds, leftDb, delivery }: Lost): Sample {
  const start = Math.min(4, Math.max(1, excerpt.durationSeconds - seconds - 1));
  const end = Math.min(start + seconds, excerpt.durationSeconds - 0.5);
  const gain = leftDb === undefined ? 0 : 10 ** (leftDb / 20);
  const faded = `val(${channel})*(1-${1 - gain}*gte(t,${start})*lt(t,${end}))`;
  return excerptSample(excerpt, {
    name,
    filters: channel === 0 ? `aeval='${faded}|val(1)':c=same` : `aeval='val(0)|${faded}':c=same`,
    truth: [{ startSeconds: start, endSeconds: end, channel }],
    ...(delivery && { delivery }),
  });
}

const plain: readonly (readonly [name: string, lost: Lost])[] = [
  ["the right for 3 s", { channel: 1, seconds: 3 }],
  ["the left for 4 s", { channel: 0, seconds: 4 }],
  ["the right for 2.5 s, MP2", { channel: 1, seconds: 2.5, delivery: soundDeliveries["MP2 192k"] }],
  ["the left for 3 s, PCM", { channel: 0, seconds: 3, delivery: soundDeliveries.PCM }],
  ["the right for 3 s, AC-3", { channel: 1, seconds: 3, delivery: soundDeliveries["AC-3 192k"] }],
  ["the left for 2.2 s, Vorbis", { channel: 0, seconds: 2.2, delivery: soundDeliveries["Vorbis 96k"] }],
];

const silencedetect: FilterCounterpart = {
  name: "silencedetect=n=-60dB:d=2:m=1",
  options: ["-af", "silencedetect=n=-60dB:d=2:m=1"],
  spans(log, durationSeconds) {
    const steps = [...log.matchAll(/channel: (\d+) \| silence_(start|end): (-?[\d.]+)/g)];
    const starts = steps.filter(([, , step]) => step === "start");
    return starts.map(([, channel, , time]) => {
      const end = steps.find(
        ([, other, step, endTime]) => step === "end" && other === channel && Number(endTime) > Number(time),
      );
      return {
        startSeconds: Math.max(0, Number(time)),
        endSeconds: end ? Number(end[3]) : durationSeconds,
        channel: Number(channel),
      };
    });
  },
};

/** Two people at a microphone each, who take turns. */
const turns =
  "0.2*lt(mod(t,3),1.5)*sin(2*PI*150*t)*(0.6+0.4*sin(26*t))|0.2*gte(mod(t,3),1.5)*sin(2*PI*220*t)*(0.6+0.4*sin(24*t))";

export const channelSilence: KindSamples = {
  kind: "channel-silence",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 5).map((excerpt, index) =>
      lost(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative("tune", "two voices in turn, one a side", `aevalsrc=exprs='${turns}':s=48000:d=9`),
    madeNegative(
      "score",
      "dialogue in the centre of 5.1",
      "aevalsrc=exprs='0|0|0.2*sin(2*PI*180*t)*(0.6+0.4*sin(26*t))|0|0|0':c=5.1:s=48000:d=6",
    ),
    madeNegative("tune", "a track in mono", "aevalsrc=exprs='0.2*sin(2*PI*180*t)*(0.6+0.4*sin(26*t))':s=48000:d=6"),
    madeNegative(
      "score",
      "a quiet room beside a loud stage",
      "aevalsrc=exprs='0.3*sin(2*PI*180*t)*(0.6+0.4*sin(26*t))|0.004*(random(0)-0.5)*2':s=48000:d=6",
    ),
    madeNegative("tune", "both silent", "aevalsrc=exprs='0.2*sin(900*t)*lt(t,2)|0.2*sin(800*t)*lt(t,2)':s=48000:d=7"),
    ...spreadSounds(soundExcerptsOf(sources, 10, 6), 2).map((excerpt) =>
      excerptNegative(excerpt, "far to the left", `${levelled},pan=stereo|c0=c0|c1=0.08*c1`),
    ),
  ],
  sweeps: [
    {
      name: "length",
      unit: "s",
      values: [1, 1.5, 1.9, 2.05, 2.2, 3],
      samples: (seconds, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 1).map((excerpt) =>
          lost(excerpt, `length ${seconds} s`, { channel: 1, seconds }),
        ),
    },
    {
      name: "crosstalk left",
      unit: "dB",
      values: [-80, -60, -50, -40, -30, -20],
      samples: (leftDb, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 1).map((excerpt) =>
          lost(excerpt, `left ${-leftDb} dB`, { channel: 1, seconds: 3, leftDb }),
        ),
    },
  ],
  filter: silencedetect,
};
