import type { FilterCounterpart, KindSamples, Sample } from "../sample.ts";
import {
  during,
  excerptSample,
  fine,
  madeNegative,
  type SoundDelivery,
  type SoundExcerpt,
  soundDeliveries,
  soundExcerptsOf,
  spreadSounds,
} from "../sound-excerpts.ts";

const excerptSeconds = 12;

interface Silence {
  readonly seconds: number;
  /** Level of the noise that a dead input leaves, dBFS; digital silence where absent. */
  readonly floorDbfs?: number;
  readonly delivery?: SoundDelivery;
}

/** Silent from the fourth second on, as long as the clip has a second after it. */
function silenced(excerpt: SoundExcerpt, name: string, { seconds, floorDbfs, delivery }: Silence): Sample {
  const start = Math.min(4, Math.max(1, excerpt.durationSeconds - seconds - 1));
  const end = Math.min(start + seconds, excerpt.durationSeconds - 0.5);
  const mute = `${fine},volume=0:${during(start, end)}`;
  // White noise of an amplitude has an RMS level 4.8 dB below it.
  const noise = (floorDbfs ?? 0) + 4.8;
  const floor = `[m];anoisesrc=r=48000:a=${10 ** (noise / 20)}:seed=5:d=${excerpt.durationSeconds},aformat=channel_layouts=stereo[f];[m][f]amix=inputs=2:normalize=0:duration=first`;
  return excerptSample(excerpt, {
    name,
    filters: floorDbfs === undefined ? mute : `${mute}${floor}`,
    truth: [{ startSeconds: start, endSeconds: end }],
    ...(delivery && { delivery }),
  });
}

const plain: readonly (readonly [name: string, silence: Silence])[] = [
  ["3 s", { seconds: 3 }],
  ["3 s of a dead input, −70 dBFS", { seconds: 3, floorDbfs: -70 }],
  ["2.5 s, MP3", { seconds: 2.5, delivery: soundDeliveries["MP3 128k"] }],
  ["4 s, Opus", { seconds: 4, delivery: soundDeliveries["Opus 96k"] }],
  ["2.2 s at a low rate", { seconds: 2.2, delivery: soundDeliveries["AAC 64k"] }],
  ["5 s of noise at −66 dBFS, MP2", { seconds: 5, floorDbfs: -66, delivery: soundDeliveries["MP2 192k"] }],
  ["2.1 s, AC-3", { seconds: 2.1, delivery: soundDeliveries["AC-3 192k"] }],
];

/** Struck bars that ring for a second and a half, two seconds apart, and hardly louder than the room. */
const celesta = "0.02*exp(-4*mod(t,1.9))*sin(2*PI*(1047+262*floor(mod(t/1.9,3)))*t)";

const silencedetect: FilterCounterpart = {
  name: "silencedetect=n=-60dB:d=2",
  options: ["-af", "silencedetect=n=-60dB:d=2"],
  spans(log, durationSeconds) {
    const starts = [...log.matchAll(/silence_start: (-?[\d.]+)/g)].map(([, time]) => Math.max(0, Number(time)));
    const ends = [...log.matchAll(/silence_end: ([\d.]+)/g)].map(([, time]) => Number(time));
    return starts.map((startSeconds, i) => ({ startSeconds, endSeconds: ends[i] ?? durationSeconds }));
  },
};

export const audioSilence: KindSamples = {
  kind: "audio-silence",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 5).map((excerpt, index) =>
      silenced(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative("tune", "room tone at −54 dBFS", "anoisesrc=r=48000:a=0.0035:seed=3:d=8"),
    madeNegative("score", "room tone of pink noise", "anoisesrc=r=48000:a=0.02:c=pink:seed=8:d=8"),
    madeNegative(
      "tune",
      "a speaker who thinks for 1.7 s",
      "aevalsrc=exprs='0.2*lt(mod(t,3),1.3)*sin(2*PI*170*t)*(0.6+0.4*sin(2*PI*4*t))':s=48000:d=9",
    ),
    madeNegative("score", "a quiet celesta", `aevalsrc=exprs='${celesta}|${celesta}':s=48000:d=9`),
    madeNegative("tune", "sound in one channel only", "aevalsrc=exprs='0.1*sin(2*PI*440*t)|0':s=48000:d=6"),
    madeNegative("score", "a distant generator", "aevalsrc=exprs='0.003*sin(2*PI*50*t)':s=48000:d=6"),
    ...spreadSounds(soundExcerptsOf(sources, 10, 6), 3).map((excerpt) =>
      excerptSample(excerpt, {
        name: "faded out and in",
        filters:
          "asplit[x][y];[x]atrim=0:4.2,afade=t=out:st=2:d=2[p];[y]atrim=4.2,asetpts=PTS-STARTPTS,afade=t=in:d=1[q];[p][q]concat=v=0:a=1",
        truth: [],
      }),
    ),
  ],
  sweeps: [
    {
      name: "length",
      unit: "s",
      values: [1, 1.5, 1.9, 2.05, 2.2, 3],
      samples: (seconds, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 1).map((excerpt) =>
          silenced(excerpt, `length ${seconds} s`, { seconds }),
        ),
    },
    {
      name: "noise left",
      unit: "dBFS",
      values: [-80, -70, -64, -62, -60, -58, -54],
      samples: (floorDbfs, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 1).map((excerpt) =>
          silenced(excerpt, `floor ${-floorDbfs}`, { seconds: 3, floorDbfs }),
        ),
    },
  ],
  filter: silencedetect,
};
