import type { Recipe } from "../fixtures/recipe.ts";

/** Which clips thresholds may be looked for on, and which only measure them. Clips of one origin are on one side. */
export type Split = "tune" | "score";

/** A clip that defects are put into. */
export interface Source {
  /** Unique; part of the names of what is made from it. */
  readonly id: string;
  readonly path: string;
  readonly split: Split;
  readonly durationSeconds: number;
  /** Null for sound alone. */
  readonly picture: { readonly width: number; readonly height: number; readonly fps: number } | null;
  /** Null for pictures alone, and where the sound is digital silence. */
  readonly sound: { readonly channels: number; readonly sampleRate: number } | null;
  /** Kinds that the clip really has, such as `audio-hiss` of an old recording: they are no false alarms. */
  readonly has: readonly string[];
}

/** Where a defect was put. */
export interface TrueSpan {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** For a defect of one channel. */
  readonly channel?: number;
}

/** One file to scan and what is truly in it. */
export interface Sample {
  /** Unique within its kind. Says what was done, e.g. `freeze 3 s, noise 4`. */
  readonly name: string;
  /** Null for what is synthesised; it then counts on the side that `split` says. */
  readonly source: Source | null;
  readonly split: Split;
  /** `{ media: source.path }` is an input of ffmpeg. Pictures about 360 lines, at most 20 s: hundreds are made. */
  readonly recipe: Recipe;
  /** Empty for what only resembles the defect. */
  readonly truth: readonly TrueSpan[];
  /** Other kinds that the recipe brings with it, not counted as false alarms. */
  readonly also?: readonly string[];
  /** What the profile expects, where the detector finds nothing without. */
  readonly expect?: Readonly<Record<string, unknown>>;
}

/** One property of a defect, from hardly there to plain: length, depth, size, noise. */
export interface Sweep {
  /** E.g. `length`. */
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** The same defect at one value; as many samples as there are sources to try it on (two or three do). */
  samples(value: number, sources: readonly Source[]): readonly Sample[];
}

/** What ffmpeg has for the same job. */
export interface FilterCounterpart {
  /** As people know it, with the parameters given: `freezedetect=n=0.001:d=2`. */
  readonly name: string;
  /** Arguments between the input and `-f null -`. */
  readonly options: readonly string[];
  /** What it tells of a file in its log (at `-v info`). */
  spans(log: string, durationSeconds: number): readonly TrueSpan[];
}

/** Everything that one kind of defect is measured by. One file in `kinds/`, named after the kind, exports one of these. */
export interface KindSamples {
  readonly kind: string;
  /**
   * Labelled defects, at the strength of a plain case: what recall is counted on. Given all sources of both splits; takes
   * those that suit it (pictures, sound) and gives one or two samples for each.
   */
  defects(sources: readonly Source[]): readonly Sample[];
  /** What only resembles the defect: at least four of different nature, synthesised or from sources. */
  hardNegatives(sources: readonly Source[]): readonly Sample[];
  readonly sweeps: readonly Sweep[];
  readonly filter?: FilterCounterpart;
}
