/**
 * Measurements that detectors share, computed once per picture or per 10 ms of sound. Every object here is made once per
 * track and overwritten in place: a detector that wants to remember a value copies it.
 */

/** Place and time of the picture that the other features were measured on. */
export interface FrameFeature {
  /** Seconds from the input's earliest presented timestamp. */
  timeSeconds: number;
  durationSeconds: number;
  /** Counts pictures from 0. */
  index: number;
  width: number;
  height: number;
  keyFrame: boolean;
  damaged: boolean;
}

/** Place and time of one stretch of sound, 10 ms long but for the last of a track. */
export interface BlockFeature {
  timeSeconds: number;
  durationSeconds: number;
  /** Samples per channel. */
  samples: number;
  sampleRate: number;
  channels: number;
}

/** The clock of a track, unit by unit, before any repair of it. */
export interface ClockFeature {
  timeSeconds: number;
  durationSeconds: number;
  /** See `Picture.clockStepSeconds`. */
  clockStepSeconds: number;
  declaredDiscontinuity: boolean;
}

/** Distribution of luma, on the 8-bit scale of the source (16 to 235 in limited range). */
export interface LumaFeature {
  mean: number;
  standardDeviation: number;
  /** Pixels per 8-bit code value, over the sampled rows. */
  readonly histogram: Uint32Array;
  /** Sum of the histogram. */
  sampleCount: number;
  /** Code value of black and white: 16 and 235, or 0 and 255. */
  black: number;
  white: number;
}

/** How the picture moves, in 8×8 blocks of luma; differences are mean absolute luma differences on the 8-bit scale. */
export interface MotionFeature {
  /** Over the whole picture, against the picture before it. */
  meanDifference: number;
  /** The near-largest block's, against the picture before it: one small mover shows here and not in the mean. */
  peakDifference: number;
  /** The near-largest block's, against the anchor: the picture at which the current stillness began. */
  peakDifferenceToAnchor: number;
  /** When the anchor was shown. */
  anchorTimeSeconds: number;
  /** Temporal noise of the moving picture before the stillness, from its quietest blocks. */
  noiseDifference: number;
}

/** The picture as a 32×18 mosaic of means, on the 8-bit scale; chroma is 128 throughout where there is no colour. */
export interface ThumbnailFeature {
  readonly columns: number;
  readonly rows: number;
  readonly luma: Uint8Array;
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;
}

/**
 * Level of each channel over the block, full scale being 1. The form of the sound may change midway: arrays that hold one
 * entry per channel are then replaced, and `BlockFeature.channels` says how many there are.
 */
export interface LevelFeature {
  meanSquare: Float64Array;
  /** Largest magnitude of a sample. */
  samplePeak: Float64Array;
}

/** ITU-R BS.1770-4 loudness of the programme so far, for all channels of the track together. Moves every 10 ms. */
export interface LoudnessFeature {
  /** 400 ms window, LUFS; −Infinity for silence. */
  momentaryLufs: number;
  /** 3 s window, LUFS. */
  shortTermLufs: number;
  /** Gated, from the start; −Infinity until something passed the gate. */
  integratedLufs: number;
  /** EBU Tech 3342, LU. */
  rangeLu: number;
}

/** True peak of each channel over the block, 4× oversampled (ITU-R BS.1770-4 Annex 2), full scale being 1. */
export interface TruePeakFeature {
  truePeak: Float64Array;
}

/** How channels that are left and right of one another agree; see `stereoPairs`. */
export interface CorrelationFeature {
  pairs: readonly (readonly [left: number, right: number])[];
  /** Mean product of the two channels of each pair over the block. */
  product: Float64Array;
}

/** Tops cut off at the largest magnitude of the last seconds, counted in the block in which they end. */
export interface ClippingFeature {
  /**
   * Four counts per channel: tops of at least 3 equal samples with sharp edges, and those of them that are as long as the
   * one before; tops that are broad for their half wave, as a lossy codec leaves clipped ones, and those of them that are
   * as long as the one before.
   */
  tops: Uint32Array;
  /** Per channel, the magnitude that the tops were held against. */
  ceiling: Float64Array;
}

/** The samples themselves, valid during the push only. */
export interface SamplesFeature {
  /** One array a channel; the first `BlockFeature.samples` entries belong to the block, the rest is undefined. */
  channels: readonly Float32Array[];
}

export interface VideoFeatures {
  readonly frame: FrameFeature;
  readonly luma: LumaFeature;
  readonly motion: MotionFeature;
  readonly thumbnail: ThumbnailFeature;
}

export interface AudioFeatures {
  readonly block: BlockFeature;
  readonly level: LevelFeature;
  readonly loudness: LoudnessFeature;
  readonly truePeak: TruePeakFeature;
  readonly correlation: CorrelationFeature;
  readonly clipping: ClippingFeature;
  readonly samples: SamplesFeature;
}

/** Both picture and sound tracks have a clock, and a detector of clocks watches each. */
export interface ClockFeatures {
  readonly clock: ClockFeature;
}

/** By what a detector watches: `media` of its declaration. */
export interface FeaturesByMedia {
  readonly video: VideoFeatures;
  readonly audio: AudioFeatures;
  readonly clock: ClockFeatures;
}
