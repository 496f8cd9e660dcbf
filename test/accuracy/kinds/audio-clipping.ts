import type { FilterCounterpart, KindSamples, Sample } from "../sample.ts";
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

const excerptSeconds = 10;

interface Overload {
  readonly seconds: number;
  /** How far the loudest parts are driven over full scale. */
  readonly driveDb: number;
  /** What is done to the level afterwards. */
  readonly faderDb?: number;
  readonly delivery?: SoundDelivery;
}

/** So evenly that all of it is driven over, and not a door that slams alone: peaks of each third of a second at −6 dBFS. */
const even =
  "aresample=48000,asetpts=N/SR/TB,aformat=sample_fmts=fltp:channel_layouts=stereo,dynaudnorm=p=0.5:m=100:f=100:g=3";

function overloaded(excerpt: SoundExcerpt, name: string, overload: Overload): Sample {
  const { seconds, driveDb, faderDb = -6, delivery = soundDeliveries.aac } = overload;
  const { source, input, durationSeconds } = excerpt;
  const start = Math.min(3, Math.max(1, durationSeconds - seconds - 1));
  const end = Math.min(start + seconds, durationSeconds - 0.5);
  const gain = `(1+${10 ** ((driveDb + 6) / 20) - 1}*gte(t,${start})*lt(t,${end}))`;
  const fader = 10 ** (faderDb / 20);
  const channel = (c: number) => `${fader}*clip(val(${c})*${gain},-1,1)`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: sounding([input], `[0:a]${even},aeval='${channel(0)}|${channel(1)}':c=same[out]`, delivery),
    truth: [{ startSeconds: start, endSeconds: end }],
  };
}

const plain: readonly (readonly [name: string, overload: Overload])[] = [
  ["12 dB over, turned down", { seconds: 4, driveDb: 12 }],
  ["14 dB over, MP3", { seconds: 3, driveDb: 14, delivery: soundDeliveries["MP3 128k"] }],
  ["9 dB over, PCM", { seconds: 3, driveDb: 9, delivery: soundDeliveries.PCM }],
  ["12 dB over at full scale", { seconds: 4, driveDb: 12, faderDb: 0 }],
  ["14 dB over, MP2", { seconds: 4, driveDb: 14, delivery: soundDeliveries["MP2 192k"] }],
  ["18 dB over at a low rate", { seconds: 3, driveDb: 18, delivery: soundDeliveries["AAC 64k"] }],
  ["14 dB over, Opus", { seconds: 4, driveDb: 14, delivery: soundDeliveries["Opus 96k"] }],
];

/** Frames of 100 ms whose peaks are flat, joined over a second. */
const astats: FilterCounterpart = {
  name: "astats flat factor above 5",
  options: [
    "-af",
    "asetnsamples=4800,astats=metadata=1:reset=1,ametadata=mode=print:key=lavfi.astats.Overall.Flat_factor",
  ],
  spans(log) {
    const frames = [...log.matchAll(/pts_time:([\d.]+)\s[^\n]*\n[^\n]*Flat_factor=([\d.]+)/g)];
    const spans: { startSeconds: number; endSeconds: number }[] = [];
    for (const [, time, flatness] of frames) {
      if (Number(flatness) <= 5) continue;
      const startSeconds = Number(time);
      const last = spans.at(-1);
      if (last && startSeconds - last.endSeconds < 1) last.endSeconds = startSeconds + 0.1;
      else spans.push({ startSeconds, endSeconds: startSeconds + 0.1 });
    }
    return spans;
  },
};

/**
 * Driven as hard as valves are. What a microphone hears of it came through a loudspeaker, which passes 80 Hz to 4.5 kHz: the
 * bare curve would be clipped by any measure.
 */
const guitar =
  "aevalsrc=exprs='0.6*tanh(6*exp(-1.5*mod(t,0.8))*clip(mod(t,0.8)/0.005,0,1)*(0.5*sin(2*PI*98*t)+0.3*sin(2*PI*196.7*t)+0.2*sin(2*PI*294*t)))':s=48000:d=6";

export const audioClipping: KindSamples = {
  kind: "audio-clipping",
  defects: (sources) =>
    soundExcerptsOf(sources, excerptSeconds, 5).map((excerpt, index) =>
      overloaded(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    madeNegative(
      "tune",
      "a square-ish synthesiser",
      "aevalsrc=exprs='0.4*tanh(8*sin(2*PI*110*t))*exp(-2*mod(t,0.5))|0.4*tanh(8*sin(2*PI*165*t))*exp(-2*mod(t,0.5))':s=48000:d=6",
    ),
    madeNegative(
      "score",
      "a pulse wave lead",
      "aevalsrc=exprs='0.35*(2*gte(sin(2*PI*220*t+0.5*sin(30*t)),0.3)-1)':s=48000:d=6",
    ),
    madeNegative(
      "tune",
      "chip music",
      "aevalsrc=exprs='0.3*(2*gte(mod(t*262*(1+floor(mod(t*4,3))/4),1),0.5)-1)':s=44100:d=6",
    ),
    madeNegative(
      "score",
      "a guitar through a valve amplifier and its loudspeaker",
      `${guitar},highpass=f=80,lowpass=f=4500`,
    ),
    madeNegative("tune", "a loud organ", "aevalsrc=exprs='0.32*(sin(411*t)+sin(822.3*t)+sin(1233*t))':s=48000:d=6"),
    ...spreadSounds(soundExcerptsOf(sources, 10, 6), 3).map((excerpt) =>
      excerptNegative(
        excerpt,
        "through a limiter",
        `${levelled},volume=11dB,alimiter=limit=0.9:attack=3:release=60:level=0`,
      ),
    ),
    ...spreadSounds(soundExcerptsOf(sources, 10, 6), 2).map((excerpt) =>
      excerptNegative(excerpt, "compressed hard", `${levelled},acompressor=threshold=0.1:ratio=12:makeup=2`),
    ),
  ],
  sweeps: [
    {
      name: "drive",
      unit: "dB",
      values: [1, 3, 6, 9, 12, 18],
      samples: (driveDb, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 2).map((excerpt) =>
          overloaded(excerpt, `drive ${driveDb} dB, PCM`, { seconds: 4, driveDb, delivery: soundDeliveries.PCM }),
        ),
    },
    {
      name: "drive, then AAC at 128 kbit/s",
      unit: "dB",
      values: [3, 6, 9, 12, 18],
      samples: (driveDb, sources) =>
        spreadSounds(soundExcerptsOf(sources, excerptSeconds, 8), 2).map((excerpt) =>
          overloaded(excerpt, `drive ${driveDb} dB, AAC`, { seconds: 4, driveDb }),
        ),
    },
  ],
  filter: astats,
};
