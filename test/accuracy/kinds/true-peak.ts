import type { FilterCounterpart, KindSamples, Sample, Split } from "../sample.ts";
import {
  type SoundDelivery,
  type SoundExcerpt,
  soundDeliveries,
  soundExcerptsOf,
  spreadSounds,
} from "../sound-excerpts.ts";

const excerptSeconds = 9;
const expect = { truePeak: { maxDbtp: -1 } };
const span = { startSeconds: 3, endSeconds: 3.5 };

/**
 * A tone of four samples in a clip that was turned down: its samples lie 45° beside its crests, 3 dB below them, so that a
 * meter of samples sees nothing. For MP2 it has six, because a quarter of the rate falls between two of its subbands and loses
 * 2.5 dB. It fades in and out within 10 ms: one that is cut off overshoots at its ends.
 */
function peaking(excerpt: SoundExcerpt, name: string, peakDbtp: number, delivery: SoundDelivery): Sample {
  const { source, input } = excerpt;
  const rate = 48_000;
  const period = delivery === soundDeliveries.PCM ? 4 : 6;
  const tone = `${10 ** (peakDbtp / 20)}*sin(2*PI*(${rate / period}*t+${0.25 - 0.5 / period}))*clip(min(t-3,3.5-t)/0.01,0,1)`;
  const channel = (c: number) => `0.02*val(${c})+${tone}`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: {
      file: delivery.file,
      inputs: [input],
      options: [
        "-vn",
        "-af",
        `aresample=${rate},asetpts=N/SR/TB,aformat=sample_fmts=fltp:channel_layouts=stereo,aeval='${channel(0)}|${channel(1)}':c=same`,
        ...delivery.coding,
      ],
    },
    truth: peakDbtp > -1 ? [span] : [],
    also: ["audio-click", "audio-hiss"],
    expect,
  };
}

function made(split: Split, name: string, wave: string): Sample {
  return {
    name,
    source: null,
    split,
    recipe: {
      file: "sound.wav",
      inputs: [{ graph: `aevalsrc=exprs='${wave}':s=48000:d=6` }],
      options: soundDeliveries.PCM.coding,
    },
    truth: [],
    expect,
  };
}

/** The peak of each tenth of a second, joined over ten seconds as ours are. */
const ebur128: FilterCounterpart = {
  name: "ebur128=peak=true above −1 dBTP",
  options: ["-af", "ebur128=peak=true"],
  spans(log) {
    const spans: { startSeconds: number; endSeconds: number }[] = [];
    for (const [, time, peaks] of log.matchAll(/t: ([\d.]+)\s.*FTPK:((?:\s+-?[\d.inf]+)+) dBFS/g)) {
      if (Math.max(...(peaks ?? "").trim().split(/\s+/).map(Number).filter(Number.isFinite)) <= -1) continue;
      const endSeconds = Number(time);
      const last = spans.at(-1);
      if (last && endSeconds - last.endSeconds < 10) last.endSeconds = endSeconds;
      else spans.push({ startSeconds: endSeconds - 0.1, endSeconds });
    }
    return spans;
  },
};

const { aac, PCM } = soundDeliveries;
const excerptsFor = (sources: Parameters<typeof soundExcerptsOf>[0], count: number) =>
  spreadSounds(soundExcerptsOf(sources, excerptSeconds, 6), count);

export const truePeak: KindSamples = {
  kind: "true-peak",
  defects: (sources) =>
    excerptsFor(sources, 8).map((excerpt, index) =>
      index % 2 === 0
        ? peaking(excerpt, "0 dBTP between samples, PCM", 0, PCM)
        : peaking(excerpt, "+0.5 dBTP, MP2", 0.5, soundDeliveries["MP2 192k"]),
    ),
  hardNegatives: (sources) => [
    ...excerptsFor(sources, 2).map((excerpt) => peaking(excerpt, "−1.3 dBTP, PCM", -1.3, PCM)),
    ...excerptsFor(sources, 2).map((excerpt) => peaking(excerpt, "−3 dBTP, AAC", -3, aac)),
    made("tune", "a low tone just under the limit", "0.88*sin(2*PI*60*t)"),
    // Of one sample: two in a row are 2 dB higher between them.
    made("score", "clicks just under the limit", "0.85*eq(mod(n,24000),0)"),
  ],
  sweeps: [
    {
      name: "true peak",
      unit: "dBTP",
      values: [-1.4, -1.1, -0.9, -0.5, 0, 1],
      samples: (peakDbtp, sources) =>
        excerptsFor(sources, 1).map((excerpt) => ({
          ...peaking(excerpt, `${peakDbtp} dBTP`, peakDbtp, PCM),
          truth: [span],
        })),
    },
  ],
  filter: ebur128,
};
