import type { z } from "zod";
import type { FeaturesByMedia } from "./features.ts";
import type { Area, Measurement, Subject } from "./finding.ts";
import type { AudioTrack, MediaInfo, VideoTrack } from "./media.ts";
import type { Severity } from "./severity.ts";

/**
 * A step in the life of one defect, as its detector tells it. The pipeline makes findings of these: it adds the id, the
 * kind, the subject and the revision. A detector has at most one defect open per subject and channel at a time.
 */
export interface Detection {
  /** A defect may be told `closed` at once; it counts as opened then too. */
  readonly state: "opened" | "updated" | "closed";
  /** For a defect of one channel only. */
  readonly channel?: number;
  /** For detectors of `programme`: the track that it is about; the first sound track where left out. */
  readonly subject?: Pick<Subject, "media" | "track">;
  readonly startSeconds: number;
  /** Null unless closed. */
  readonly endSeconds: number | null;
  readonly severity: Severity;
  readonly confidence: number;
  readonly measurements: readonly Measurement[];
  readonly area?: Area;
}

/** Most pushes have nothing to tell; they return undefined and allocate nothing. */
export type Detections = readonly Detection[] | undefined;

/** `end`: the media is over, so every open defect ends here. `hand-over`: another worker goes on; open defects stay open. */
export type FinishReason = "end" | "hand-over";

export interface DetectorInstance<Input> {
  /** Called in presentation order. The input is one object, overwritten between calls. */
  push(input: Input): Detections;
  /**
   * Asked after a push, while the input is still that push's: going by what was just seen, is every picture worth watching
   * for a while? What decides it for a stream of which only some pictures are watched, so it may be wrong on the side of
   * suspicion, and has to be cheap. A detector that has a finding open need not say so. Absent where few pictures tell
   * nothing of the defect.
   */
  suspects?(): boolean;
  finish(reason: FinishReason): Detections;
}

type MediaKind = keyof FeaturesByMedia;

/** What a detector watches one of: a picture track, a sound track, either, or all of them together. */
interface TracksByMedia {
  readonly video: VideoTrack;
  readonly audio: AudioTrack;
  readonly clock: VideoTrack | AudioTrack;
  readonly programme: ProgrammeTracks;
}

/** The tracks of an input that are analysed. */
export type ProgrammeTracks = Pick<MediaInfo, "video" | "audio">;

export interface DetectorSetup<Options, Expectation, Media extends MediaKind> {
  readonly options: Options;
  /** What the profile expects of the programme; undefined where it says nothing. */
  readonly expectation: Expectation | undefined;
  readonly track: TracksByMedia[Media];
}

/** Where one of a detector's measurements becomes a defect. */
export interface Threshold<Options> {
  /** The option that sets it; absent where it is fixed. */
  readonly option?: keyof Options & string;
  /** On which side of it the defect lies; `apart`: on both sides, by so much from what is right. */
  readonly told: "above" | "below" | "apart";
  /** The option's value that would put the threshold at what was measured; the measured value itself where left out. */
  optionAt?(measured: Measurement, options: Options): number;
}

/** An option as it is learned from clean material. */
export interface LearnedOption {
  /** In words, for people and for the profile's comment: which part of the values, and the margin. */
  readonly from: string;
  /** The option's value. `quantile(0.95)` is what 95 % of the values lie below. */
  learn(quantile: (share: number) => number): number;
  /** The value furthest from strict that is ever learned, where there is one: material that asks for more is not clean. */
  readonly loosest?: number;
}

/** How a detector learns what is normal for a channel. */
export interface Calibration<Input, Options> {
  /** What is measured, e.g. `width of edges`. */
  readonly measures: string;
  readonly unit: string;
  /** One value a `second` of media, the mean of what was measured in it; or one an `input`, as it stands at the end. */
  readonly per: "second" | "input";
  /** Opened for each track, like the detector. What it gives measures what was just pushed; NaN where that tells nothing. */
  open(): (input: Input) => number;
  readonly learns: { readonly [Option in keyof Options & string]?: LearnedOption };
}

/**
 * A kind of defect and how to find it. One file exports one of these and the registry lists it; the command line, the
 * profile's schema, the report and the documentation are derived from it.
 */
export interface Detector<
  Media extends MediaKind,
  Needs extends keyof FeaturesByMedia[Media],
  OptionsSchema extends z.ZodObject,
  ExpectationSchema extends z.ZodType,
> {
  /** Name of the defect: kebab-case, the failing thing. The file has the same name. */
  readonly id: string;
  readonly title: string;
  /** One sentence for people: why this matters to a viewer or an operator. */
  readonly why: string;
  /** For people who never saw the code, in a sentence or two: what is measured, and when it is told. */
  readonly method: string;
  /** The standard or measurement that the method and its defaults rest on. */
  readonly standard?: string;
  /** One instance is opened per track of this medium; `clock` detectors get one per track of either, `programme` one in all. */
  readonly media: Media;
  /** For detectors of `programme`: how many tracks of each medium there have to be at least, or it is skipped. */
  readonly leastTracks?: { readonly video: number; readonly audio: number };
  /** The features handed over on each push, and no others. */
  readonly needs: readonly Needs[];
  /** Every option has a default and a description that gives its unit and its basis. */
  readonly options: OptionsSchema;
  /** Where measurements become a defect, by the names that findings have for them. */
  readonly thresholds?: Readonly<Record<string, Threshold<z.output<OptionsSchema>>>>;
  /** The option that says for how long it has to last to be told, in seconds. */
  readonly lasting?: keyof z.output<OptionsSchema> & string;
  readonly calibration?: Calibration<Pick<FeaturesByMedia[Media], Needs>, z.output<OptionsSchema>>;
  /** What a profile's `expect` may say to this detector: `expect.<name>`. */
  readonly expectation?: { readonly name: string; readonly schema: ExpectationSchema };
  open(
    setup: DetectorSetup<z.output<OptionsSchema>, z.output<ExpectationSchema>, Media>,
  ): DetectorInstance<Pick<FeaturesByMedia[Media], Needs>>;
}

/** A detector whose exact options, expectation and needs are not known: what the registry holds. */
export type AnyDetector = {
  [Media in MediaKind]: Detector<Media, keyof FeaturesByMedia[Media], z.ZodObject, z.ZodType>;
}[MediaKind];

/** Gives a detector's literal its exact type, so that `open` sees the options and the features it declared. */
export function defineDetector<
  Media extends MediaKind,
  const Needs extends keyof FeaturesByMedia[Media],
  OptionsSchema extends z.ZodObject,
  ExpectationSchema extends z.ZodType = z.ZodType<undefined>,
>(
  detector: Detector<Media, Needs, OptionsSchema, ExpectationSchema>,
): Detector<Media, Needs, OptionsSchema, ExpectationSchema> {
  return detector;
}
