/** Place and time of one stretch of sound, 10 ms long but for the last of a track. */
export interface BlockFeature {
  timeSeconds: number;
  durationSeconds: number;
  /** Samples per channel. */
  samples: number;
  sampleRate: number;
  channels: number;
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

export interface AudioFeatures {
  readonly block: BlockFeature;
  readonly level: LevelFeature;
  readonly loudness: LoudnessFeature;
  readonly truePeak: TruePeakFeature;
  readonly correlation: CorrelationFeature;
  readonly clipping: ClippingFeature;
  readonly samples: SamplesFeature;
}
