import type { MediaInfo } from "@glasswatch/core/media";

/** What a sound track is recognised by. */
export interface SoundFingerprint {
  /** See `envelopeBands` and `envelopeStepDb` of the kernels: the level of each band, millisecond by millisecond from time 0. */
  readonly envelope: Uint8Array;
  /** ITU-R BS.1770-4 momentary loudness in LUFS, and the middle of the 400 ms that it was measured over. */
  readonly loudness: { readonly times: Float64Array; readonly lufs: Float32Array };
}

/** What a picture track is recognised by. */
export interface PictureFingerprint {
  /** Presentation times in seconds, in order. */
  readonly times: Float64Array;
  /** See `PictureFingerprinter` of the kernels: `fingerprintCells` values a picture. */
  readonly cells: Uint16Array;
}

/** All that is kept of an input: some 11 MB an hour for the sound, 100 MB for 25 pictures a second. */
export interface Fingerprint {
  readonly media: MediaInfo;
  readonly durationSeconds: number;
  /** Of the first track; null where there is none. */
  readonly sound: SoundFingerprint | null;
  readonly picture: PictureFingerprint | null;
}
