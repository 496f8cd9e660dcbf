import type { z } from "zod";
import type { FeaturesByMedia } from "./features.ts";
import type { Area, Measurement } from "./finding.ts";
import type { AudioTrack, VideoTrack } from "./media.ts";
import type { Severity } from "./severity.ts";

/**
 * A step in the life of one defect, as its detector tells it. The pipeline makes findings of these: it adds the id, the
 * kind, the subject and the revision. A detector has at most one defect open per channel at a time.
 */
export interface Detection {
  /** A defect may be told `closed` at once; it counts as opened then too. */
  readonly state: "opened" | "updated" | "closed";
  /** For a defect of one channel only. */
  readonly channel?: number;
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

export interface DetectorSetup<Options, Expectation, Media extends MediaKind> {
  readonly options: Options;
  /** What the profile expects of the programme; undefined where it says nothing. */
  readonly expectation: Expectation | undefined;
  readonly track: Media extends "video" ? VideoTrack : Media extends "audio" ? AudioTrack : VideoTrack | AudioTrack;
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
  /** The standard or measurement that the method and its defaults rest on. */
  readonly standard?: string;
  /** One instance is opened per track of this medium; `clock` detectors get one per track of either. */
  readonly media: Media;
  /** The features handed over on each push, and no others. */
  readonly needs: readonly Needs[];
  /** Every option has a default and a description that gives its unit and its basis. */
  readonly options: OptionsSchema;
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
