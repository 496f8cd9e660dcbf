import type { FilterCounterpart, KindSamples, Sample, Split } from "../sample.ts";
import { type SoundDelivery, type SoundExcerpt, soundDeliveries, soundExcerptsOf } from "../sound-excerpts.ts";

const excerptSeconds = 20;
const expect = { loudness: { targetLufs: -23, toleranceLu: 1 } };

/** A stereo sine of 1 kHz has as many LUFS as its peak has dBFS (EBU Tech 3341, case 1): a gated programme of two levels. */
function tones(split: Split, name: string, levelLufs: number, wrong: boolean, delivery: SoundDelivery): Sample {
  const amplitude = 10 ** (levelLufs / 20);
  const sine = `${amplitude}*(lt(t,15)+0.2*gte(t,15))*sin(2*PI*1000*t)`;
  return {
    name,
    source: null,
    split,
    recipe: {
      file: delivery.file,
      inputs: [{ graph: `aevalsrc=exprs='${sine}|${sine}':s=48000:d=20` }],
      options: delivery.coding,
    },
    truth: wrong ? [{ startSeconds: 0, endSeconds: 20 }] : [],
    also: ["true-peak"],
    expect,
  };
}

/** Before `loudnorm`, because clips differ, and after it, because it leaves the layout open and works at 192 kHz. */
const stereo = "aresample=48000,aformat=channel_layouts=stereo";

/** A clip through ffmpeg's `loudnorm`, which is within a unit of what it is asked for; asked for 4 LU too much or little. */
function normalised(excerpt: SoundExcerpt, index: number): Sample {
  const { source, input, durationSeconds } = excerpt;
  const target = index % 2 === 0 ? -18 : -28;
  const delivery = index % 3 === 0 ? soundDeliveries["MP2 192k"] : soundDeliveries.aac;
  return {
    name: `${source.id}: ${target} LUFS`,
    source,
    split: source.split,
    recipe: {
      file: delivery.file,
      inputs: [input],
      options: ["-vn", "-af", `${stereo},loudnorm=I=${target}:TP=-2:LRA=20,${stereo}`, ...delivery.coding],
    },
    truth: [{ startSeconds: 0, endSeconds: durationSeconds }],
    expect: { loudness: { targetLufs: -23, toleranceLu: 1 } },
  };
}

const ebur128: FilterCounterpart = {
  name: "ebur128, off −23 by more than 1 LU",
  options: ["-af", "ebur128=framelog=verbose"],
  spans(log, durationSeconds) {
    const [, integrated] = /Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(log) ?? [];
    const isOff = integrated !== undefined && Math.abs(Number(integrated) + 23) > 1;
    return isOff ? [{ startSeconds: 0, endSeconds: durationSeconds }] : [];
  },
};

const { aac, PCM } = soundDeliveries;

export const loudness: KindSamples = {
  kind: "loudness",
  defects: (sources) => [
    ...soundExcerptsOf(sources, excerptSeconds, 8).map(normalised),
    tones("tune", "tones 2 LU too loud", -21, true, PCM),
    tones("score", "tones 2 LU too low", -25, true, aac),
  ],
  hardNegatives: () => [
    tones("tune", "tones on target", -23, false, PCM),
    tones("score", "tones on target, AAC", -23, false, aac),
    tones("tune", "tones 0.8 LU too loud", -22.2, false, PCM),
    tones("score", "tones 0.8 LU too low", -23.8, false, soundDeliveries["MP2 192k"]),
  ],
  sweeps: [
    {
      name: "above the target",
      unit: "LU",
      values: [0.5, 0.9, 1, 1.1, 1.2, 2],
      samples: (off) =>
        (["tune", "score"] as const).map((split) =>
          tones(split, `${split}: ${off} LU above`, -23 + off, true, split === "tune" ? PCM : aac),
        ),
    },
  ],
  filter: ebur128,
};
