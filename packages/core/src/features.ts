import type { AudioFeatures } from "./audio-features.ts";
import type { VideoFeatures } from "./video-features.ts";

/**
 * Measurements that detectors share, computed once per picture or per 10 ms of sound. Every object here is made once per
 * track and overwritten in place: a detector that wants to remember a value copies it.
 */

/** The clock of a track, unit by unit, before any repair of it. */
export interface ClockFeature {
  timeSeconds: number;
  durationSeconds: number;
  /** See `Picture.clockStepSeconds`. */
  clockStepSeconds: number;
  declaredDiscontinuity: boolean;
}

/** Both picture and sound tracks have a clock, and a detector of clocks watches each. */
export interface ClockFeatures {
  readonly clock: ClockFeature;
}

/** What the latest push is about. */
export interface OriginFeature {
  /**
   * `placed`: a unit came in and its entry in `clocks` is new, whereas its measurements are not there yet. `measured`: the
   * picture, or the next 10 ms of a sound track, was measured.
   */
  step: "placed" | "measured";
  media: "video" | "audio";
  /** Number of the track among the input's tracks of its medium, from 0. */
  track: number;
}

/** The clock of each track as its latest unit has it. */
export interface ClocksFeature {
  /** Null for an input without pictures. */
  readonly picture: ClockFeature | null;
  readonly sounds: readonly ClockFeature[];
}

/**
 * All tracks of an input side by side. Units come in the order of the container, so tracks run ahead of one another by up
 * to seconds: what is compared across tracks is compared by time, not by push.
 */
export interface ProgrammeFeatures {
  readonly origin: OriginFeature;
  readonly clocks: ClocksFeature;
  /** As measured last. Null for an input without pictures. */
  readonly picture: VideoFeatures | null;
  /** As measured last, a track each. */
  readonly sounds: readonly AudioFeatures[];
}

/** By what a detector watches: `media` of its declaration. */
export interface FeaturesByMedia {
  readonly video: VideoFeatures;
  readonly audio: AudioFeatures;
  readonly clock: ClockFeatures;
  readonly programme: ProgrammeFeatures;
}
