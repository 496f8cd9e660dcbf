import type { Recipe, RecipeInput } from "../fixtures/recipe.ts";
import type { Sample, Source, Split, TrueSpan } from "./sample.ts";

/** Some seconds of a source's sound, in stereo at 48 kHz: what defects are put into. */
export interface SoundExcerpt {
  readonly source: Source;
  readonly input: RecipeInput;
  readonly durationSeconds: number;
}

/** At most `seconds` of each source that sounds for `leastSeconds`, from its middle on where it is long. */
export function soundExcerptsOf(
  sources: readonly Source[],
  seconds: number,
  leastSeconds: number,
): readonly SoundExcerpt[] {
  return sources.flatMap((source) => {
    const { sound, path, durationSeconds } = source;
    if (!sound || durationSeconds < leastSeconds) return [];
    const from = Math.floor(Math.max(0, durationSeconds - 2 * seconds) / 2);
    return [
      {
        source,
        input: { media: path, options: ["-ss", String(from), "-t", String(seconds), "-vn"] },
        durationSeconds: Math.min(seconds, durationSeconds - from),
      },
    ];
  });
}

/** Not more than `count` of each split, spread over the list. */
export function spreadSounds(excerpts: readonly SoundExcerpt[], count: number): readonly SoundExcerpt[] {
  const sides: readonly Split[] = ["tune", "score"];
  return sides.flatMap((split) => {
    const side = excerpts.filter(({ source }) => source.split === split);
    const step = Math.max(1, side.length / count);
    return side.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  });
}

export interface SoundDelivery {
  readonly file: string;
  readonly coding: readonly string[];
}

/** How the result is coded: as deliveries are, unless something else is the point. */
export const soundDeliveries = {
  aac: { file: "sound.m4a", coding: ["-c:a", "aac", "-b:a", "128k"] },
  "AAC 64k": { file: "sound.m4a", coding: ["-c:a", "aac", "-b:a", "64k"] },
  "MP3 128k": { file: "sound.mp3", coding: ["-c:a", "libmp3lame", "-b:a", "128k"] },
  "Opus 96k": { file: "sound.mka", coding: ["-c:a", "libopus", "-b:a", "96k"] },
  "MP2 192k": { file: "sound.ts", coding: ["-c:a", "mp2", "-b:a", "192k"] },
  "AC-3 192k": { file: "sound.ts", coding: ["-c:a", "ac3", "-b:a", "192k"] },
  "Vorbis 96k": { file: "sound.ogg", coding: ["-c:a", "libvorbis", "-b:a", "96k"] },
  PCM: { file: "sound.wav", coding: ["-c:a", "pcm_s16le"] },
} as const satisfies Record<string, SoundDelivery>;

/** Frames of one millisecond, so that what is switched by time is exact to that. */
export const fine = "asetnsamples=n=48:p=0";

/** What `enable` takes: within the span, to the millisecond. */
export function during(startSeconds: number, endSeconds: number): string {
  return `enable='gte(t,${startSeconds - 0.0002})*lt(t,${endSeconds - 0.0002})'`;
}

/** Stereo at 48 kHz from time 0 on, whatever the clip's timestamps are, brought to one level: peaks of each second at −6 dBFS. Clips from phones are 30 dB below programmes. */
export const levelled =
  "aresample=48000,asetpts=N/SR/TB,aformat=sample_fmts=fltp:channel_layouts=stereo,dynaudnorm=p=0.5:m=60:f=300:g=11";

/**
 * Levelled, with a bed of room tone under it, independent noise at about −52 dBFS a channel: what is not made silent
 * then sounds, also in the pauses of speech and at the fade-ins of clips. Ends in `[bedded]`.
 */
export function bedded(seconds: number): string {
  return [
    `anoisesrc=r=48000:a=0.0045:seed=11:d=${seconds}[n1]`,
    `anoisesrc=r=48000:a=0.0045:seed=12:d=${seconds}[n2]`,
    "[n1][n2]join=inputs=2:channel_layout=stereo[bed]",
    `[0:a]${levelled}[own]`,
    "[own][bed]amix=inputs=2:normalize=0:duration=first[bedded]",
  ].join(";");
}

/** A recipe of sound from a graph that ends in `[out]`. */
export function sounding(inputs: readonly RecipeInput[], graph: string, delivery: SoundDelivery): Recipe {
  const { file, coding } = delivery;
  return { file, inputs, options: ["-filter_complex", graph, "-map", "[out]", "-vn", ...coding] };
}

export interface ExcerptDefect {
  readonly name: string;
  /** Filters over the bedded sound, a chain without labels. */
  readonly filters: string;
  readonly truth: readonly TrueSpan[];
  readonly delivery?: SoundDelivery;
}

/** A defect in the sound of a clip, over the bed. */
export function excerptSample(excerpt: SoundExcerpt, defect: ExcerptDefect): Sample {
  const { source, input, durationSeconds } = excerpt;
  const { name, filters, truth, delivery = soundDeliveries.aac } = defect;
  const graph = `${bedded(durationSeconds)};[bedded]${filters}[out]`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: sounding([input], graph, delivery),
    truth,
  };
}

/** The sound of a clip as it is but for some filters: what only resembles a defect. */
export function excerptNegative(
  excerpt: SoundExcerpt,
  name: string,
  filters: string,
  delivery: SoundDelivery = soundDeliveries.aac,
): Sample {
  const { source, input } = excerpt;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: { file: delivery.file, inputs: [input], options: ["-vn", "-af", filters, ...delivery.coding] },
    truth: [],
  };
}

/** Sound made by `lavfi`, such as `aevalsrc`, that only resembles a defect. */
export function madeNegative(
  split: Split,
  name: string,
  graph: string,
  delivery: SoundDelivery = soundDeliveries.aac,
): Sample {
  const { file, coding } = delivery;
  return { name, source: null, split, recipe: { file, inputs: [{ graph }], options: coding }, truth: [] };
}
