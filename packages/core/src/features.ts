import type { ScanOrder } from "./media.ts";

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
  /** As it is signalled, which may be wrong. */
  scanOrder: ScanOrder;
  /** Bits per sample of the source. */
  bitDepth: number;
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

/**
 * How the picture moves, in blocks of 8×8 samples of `Picture.luma`: of 8×16 pixels where that has every second row. A
 * difference is the mean absolute difference of luma, on the 8-bit scale; a block cut by the border counts as if the part
 * outside did not differ. All 0 on the first picture of a size.
 */
export interface MotionFeature {
  /** Over the whole picture, against the picture before it. */
  meanDifference: number;
  /** Of the median block, against the picture before it. */
  medianDifference: number;
  /** That one block in ten exceeds, against the picture before it. */
  upperDifference: number;
  /** Of the third-largest block, against the picture before it: one small mover shows here and not in the mean. At most 64. */
  peakDifference: number;
  /**
   * As `peakDifference`, against the anchor: the picture at which the present stillness began, or the one to which an
   * encoder has since refreshed it.
   */
  peakDifferenceToAnchor: number;
  /** The picture shows what the anchor shows, but for noise and for what encoders do to a picture that stands still. */
  still: boolean;
  /** When the first picture of the present stillness was shown; the present time where there is none. */
  stillSinceSeconds: number;
}

/** The picture as a mosaic of 32×18 means, on the 8-bit scale, row by row from the top left. */
export interface Thumbnail {
  readonly luma: Uint8Array;
  /** 128 throughout where there is no colour, as is `cr`. */
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;
  /** Standard deviation of luma within each cell. */
  readonly lumaDeviation: Uint8Array;
}

export interface ThumbnailFeature {
  readonly columns: number;
  readonly rows: number;
  /** Made when first asked for, and then valid for this push: only detectors that nominated the picture pay for it. */
  read(): Thumbnail;
}

/** How much of a picture's rows and columns is not black: brighter than 24/255 of the range above black, as cropdetect has it. */
export interface LitProfile {
  /** Lit samples of each row of `Picture.luma`. */
  readonly rows: Uint16Array;
  readonly samplesPerRow: number;
  /** Lit samples of each column. */
  readonly columns: Uint8Array;
  readonly samplesPerColumn: number;
}

export interface LitProfileFeature {
  /** Made when first asked for, and then valid for this push. The arrays are views that the next call may replace. */
  read(): LitProfile;
}

/** Samples that stand out from calm surroundings on every side, as those of a stuck pixel do. */
export interface Outliers {
  /** How many there are; no more than `x` has room for are listed. */
  readonly count: number;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  /** 1 where the sample is brighter than its surroundings, 0 where darker. */
  readonly brighter: Uint8Array;
}

export interface OutliersFeature {
  /** Made from all rows of the picture when first asked for: for nominated pictures only. Overwritten by the next. */
  read(): Outliers;
}

/** How far the borders of a codec's blocks show in the picture. */
export interface BlockGrid {
  /**
   * Share of the length of block borders, 0 to 1, that shows as a step of at least 3 code values between even areas, above
   * what other places show; the mean of both directions. About 0 for pictures that were not coded in blocks.
   */
  readonly share: number;
  /** Of the direction in which fewer show. */
  readonly weakerShare: number;
  /** Of the steps on the borders, the share of at least 40 code values: drawn that way, as mosaics and pixel art are. */
  readonly drawnShare: number;
  /** Of a block, in pixels: 8 or 16 where the codec's own size is, others where the picture was scaled up. */
  readonly width: number;
  readonly height: number;
}

export interface BlockGridFeature {
  /** Measured when first asked for, and then valid for this push. */
  read(): BlockGrid;
}

/** How sharp the sharpest edges of a picture are. */
export interface EdgeSharpness {
  /** Edges found of at least 32 code values; where there are few, `steepest` says little. */
  readonly edges: number;
  /**
   * Largest step between neighbouring pixels as a share of what the whole edge spans, which one edge in ten exceeds: 1 for
   * an edge drawn by a computer, 0.25 for one that is 4 pixels wide. Of rows or columns, whichever is larger.
   */
  readonly steepest: number;
}

export interface EdgeSharpnessFeature {
  /** Measured when first asked for, and then valid for this push. */
  read(): EdgeSharpness;
}

export interface ContoursFeature {
  /**
   * Measured when first asked for: share of the picture, in tiles of 32×32 pixels, through which a step of 2 to 6 code
   * values runs between areas that are otherwise even.
   */
  read(): { readonly tileShare: number };
}

/**
 * Where what changed since the picture before stops at a border between rows of macroblocks, 16 pixels at a time. Codecs
 * leave this where a block was damaged or repaired; what moves by itself does it as often between two borders.
 */
export interface GridBreaks {
  /** Share of what was looked at, 0 to 1, that breaks. */
  readonly share: number;
  /** The same for lines midway between two borders: what pictures have by themselves. */
  readonly midwayShare: number;
  /** How many segments of 16 pixels were looked at: of large pictures, those of every second border. */
  readonly looked: number;
  /** Macroblocks across, and borders between rows of them. */
  readonly columns: number;
  readonly rows: number;
  /** 1 where a segment breaks: `columns` a border, from the topmost on. Valid during the push. */
  readonly broken: Uint8Array;
}

export interface GridBreaksFeature {
  /** Measured when first asked for, and then valid for this push. */
  read(): GridBreaks;
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
   * Three counts per channel: tops of at least 3 equal samples with cut edges; tops that are broad for their half wave, as a
   * lossy codec leaves clipped ones; and those of the latter that are as long as the one before.
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

/** A few samples of luma from all over the picture: what changes everywhere at once shows in it, and it costs next to nothing. */
export interface LumaGridFeature {
  readonly columns: number;
  readonly rows: number;
  /**
   * Means of four samples a cell on the 8-bit scale, row by row from the top left. Made when first asked for, then valid
   * for this push, and overwritten by the next picture's.
   */
  read(): Uint8Array;
}

/** What two pictures in succession say of how they were scanned, by blocks of 16×16 pixels all over the picture. */
export interface FieldComparison {
  /** Blocks that were looked at. */
  readonly blocks: number;
  /** Those of them in which something moves. */
  readonly moving: number;
  /** Of the moving ones: the two fields of the picture show two moments. */
  readonly combed: number;
  /** Of the combed ones: the top field is the earlier one, or the bottom field is. */
  readonly topFirst: number;
  readonly bottomFirst: number;
  /** Of the moving ones: all lines of the picture show one moment. */
  readonly whole: number;
}

export interface FieldsFeature {
  /** Keeps this picture for comparison with the next: for nominated pictures only, as all rows of both are copied. */
  remember(): void;
  /** Against the picture directly before; undefined where that was not remembered. Overwritten by the next comparison. */
  compare(): FieldComparison | undefined;
}

export interface VideoFeatures {
  readonly frame: FrameFeature;
  readonly luma: LumaFeature;
  readonly motion: MotionFeature;
  readonly thumbnail: ThumbnailFeature;
  readonly lumaGrid: LumaGridFeature;
  readonly fields: FieldsFeature;
  readonly litProfile: LitProfileFeature;
  readonly outliers: OutliersFeature;
  readonly blockGrid: BlockGridFeature;
  readonly edgeSharpness: EdgeSharpnessFeature;
  readonly contours: ContoursFeature;
  readonly gridBreaks: GridBreaksFeature;
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
