import type { ScanOrder } from "./media.ts";

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
  /**
   * Of the moving ones: one field agrees better with the picture before than the other, so that it is the earlier one. In
   * pictures scanned at once they are as many of one as of the other; where fields differ, this shows before lines do.
   */
  readonly topEarlier: number;
  readonly bottomEarlier: number;
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
