import type { Tier } from "./tier.ts";

/** The picture track under analysis. */
export interface VideoTrack {
  /** Number of the track among the input's picture tracks, from 0. Cover art is no picture track. */
  readonly track: number;
  /** FFmpeg's short codec name, e.g. `h264`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Average frames per second as the container states it, 0 where it does not. */
  readonly fps: number;
  /** FFmpeg's pixel format name, e.g. `yuv420p10le`. */
  readonly pixelFormat: string;
}

/** One sound track; every track of an input is analysed. */
export interface AudioTrack {
  /** Number of the track among the input's sound tracks, from 0. */
  readonly track: number;
  readonly codec: string;
  readonly channels: number;
  readonly sampleRate: number;
  /** FFmpeg's layout description, e.g. `stereo` or `5.1`. */
  readonly channelLayout: string;
  /** ISO 639 code, where the container states one. */
  readonly language?: string;
  /** Where the container states that it is no ordinary programme sound. */
  readonly role?: AudioRole;
}

export type AudioRole = "commentary" | "audio-description" | "hearing-impaired" | "karaoke" | "clean-effects";

/** What an input holds, known once it is open. */
export interface MediaInfo {
  /** FFmpeg's demuxer name, e.g. `mpegts`, or the list it stands for (`mov,mp4,m4a,…`). */
  readonly container: string;
  /** As the container states it; null where it does not, as on a live stream. */
  readonly durationSeconds: number | null;
  /** More is added while it is read: a playlist without an end, or an HTTP answer that states no length. */
  readonly live: boolean;
  /** Null for an input without moving pictures. */
  readonly video: VideoTrack | null;
  readonly audio: readonly AudioTrack[];
}

/** What both kinds of decoded unit have in common. */
interface UnitTiming {
  readonly track: number;
  /** Presentation time in seconds from the input's earliest presented timestamp, unwrapped; what findings are placed by. */
  readonly timeSeconds: number;
  /** Nominal length in seconds: the container's, else one over the frame rate. */
  readonly durationSeconds: number;
  /**
   * How far the container's own clock moved at this unit against where the unit before it ended, in seconds: about 0 in
   * a continuous track, positive for a gap, negative for a step back. 33-bit wraps are already undone.
   */
  readonly clockStepSeconds: number;
  /** The source announced a discontinuity here (HLS `EXT-X-DISCONTINUITY`, a new DASH period). */
  readonly declaredDiscontinuity: boolean;
}

/** How the samples of a picture lie in memory. */
export interface PictureFormat {
  readonly width: number;
  readonly height: number;
  /** Bits per sample; above 8, samples are 16-bit little-endian with the value in the low bits. */
  readonly bitDepth: number;
  /** log2 of the chroma subsampling across and down; null for a picture without colour. */
  readonly chroma: { readonly shiftX: number; readonly shiftY: number } | null;
  /** True where luma spans 0–255 (scaled by bit depth) instead of 16–235. */
  readonly fullRange: boolean;
}

/** Rows of a picture's luma at even distances, from the topmost on: all of them, every second, every fourth and so on. */
export interface LumaRows {
  /** `strideBytes` a row. */
  readonly bytes: Uint8Array;
  readonly strideBytes: number;
  readonly rows: number;
}

/**
 * A small copy of a picture in its display shape: 4:2:0, 8 bits, samples picked rather than averaged, on the picture's own
 * scale.
 */
export interface SmallPicture {
  /** Even, and at most 320. */
  readonly width: number;
  /** Even. */
  readonly height: number;
  /** Y, Cb and Cr, each `strides[i]` bytes a row. Chroma is 128 where there is no colour. */
  readonly planes: readonly [Uint8Array, Uint8Array, Uint8Array];
  readonly strides: readonly [number, number, number];
}

/** How a picture is signalled to have been scanned: at once, or as two fields of which the named one comes first. */
export type ScanOrder = "progressive" | "top-field-first" | "bottom-field-first";

/** A decoded picture. Its samples are borrowed: they are valid until the reader's next unit is asked for. */
export interface Picture extends UnitTiming {
  readonly kind: "picture";
  readonly format: PictureFormat;
  /** What is measured on every picture: all rows of small pictures, from 720 lines on every second, and so on. */
  readonly luma: LumaRows;
  /** Shape and colours, copied when first asked for: only for pictures that something nominated. */
  readSmall(): SmallPicture;
  /** All rows of luma, copied when first asked for: only for pictures that something nominated. */
  readLuma(): LumaRows;
  readonly scanOrder: ScanOrder;
  readonly keyFrame: boolean;
  /** The decoder met damage in this picture, or concealed some. */
  readonly damaged: boolean;
  /** Width over height of one pixel. */
  readonly pixelAspectRatio: number;
}

/** Decoded sound at its native rate. Its samples are borrowed, as a picture's planes are. */
export interface Sound extends UnitTiming {
  readonly kind: "sound";
  readonly sampleRate: number;
  /** One array a channel; full scale is ±1. */
  readonly channels: readonly Float32Array[];
}

export type MediaUnit = Picture | Sound;

/** A part of an input, as it came from there, in a file of its own. */
export interface Clip {
  readonly bytes: Uint8Array;
  /** `video/mp4`, which browsers play where they know the codecs; `audio/mp4`; `video/mp2t` for what MP4 does not hold. */
  readonly contentType: string;
}

/** What a clip is to show, on the presentation's clock. */
export interface ClipSpan {
  readonly fromSeconds: number;
  /** The moment in question: where the clock or the container changes, the clip has the side on which this is. */
  readonly atSeconds: number;
  readonly toSeconds: number;
  /** The sound track that is heard. */
  readonly audioTrack: number;
}

/** An open input. Units come in the order of the container; there is never more than one of them alive. */
export interface MediaReader {
  readonly info: MediaInfo;
  /**
   * The next unit, or null at the end.
   *
   * Local files answer at once and without a promise, so that no promise is made per frame.
   *
   * @throws GlasswatchError with exit code 3 when the input is cut short; units before that were delivered
   */
  next(): MediaUnit | null | Promise<MediaUnit | null>;
  /**
   * Changes how many pictures are decoded; `full` until called. `light` begins with the next key picture. `full` begins at
   * once: the key picture shown last is decoded again and not shown again, and the pictures after it follow.
   *
   * Pictures that are left out leave no gap in the clock. Where key pictures come more than 10 s apart, or do not stand
   * alone as under intra refresh, every picture is decoded in `light`, too.
   */
  setTier(tier: Tier): void;
  /**
   * Leaves out what is presented before `timeSeconds`, sound too: it is read and not decoded, and leaves no gap in the
   * clock. Pictures go on with the first key picture after it.
   */
  skipTo(timeSeconds: number): void;
  /**
   * Cuts a clip out of what was read last, without decoding it. It begins with the last key picture before the span that is
   * kept still; from 10 s before the unit read last on all are, as far as memory for them lasts.
   *
   * @returns null where nothing is kept, or in codecs that clips cannot be made of
   */
  cutClip(span: ClipSpan): Clip | null;
  close(): Promise<void>;
}
