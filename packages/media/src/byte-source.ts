/** The bytes of one continuous container, read on demand: what the demuxer's read callbacks draw on. */
export interface ByteSource {
  /** Null where the length is not known, as for concatenated segments. */
  readonly sizeBytes: number | null;
  /** Whether `seek` may be called: a plain file over HTTP with range requests is, a run of segments is not. */
  readonly seekable: boolean;
  /**
   * Up to `maxBytes` of what comes next; null at the end.
   *
   * @throws GlasswatchError with exit code 3 when the bytes cannot be had
   */
  read(maxBytes: number): Promise<Uint8Array | null>;
  /** Moves to an offset from the start. Costs nothing until the next `read`. */
  seek(offsetBytes: number): void;
  close(): Promise<void>;
}

/** A stretch of an input within which one container's clock and initialisation hold. */
export interface SourcePeriod {
  readonly bytes: ByteSource;
  /** FFmpeg demuxer name where the playlist tells, so that nothing is probed for. */
  readonly demuxer?: "mpegts" | "mov" | "aac" | "mp3" | "webvtt";
  /** The source announced that clocks restart here (HLS `EXT-X-DISCONTINUITY`, a new DASH period). */
  readonly declaredDiscontinuity: boolean;
  /** Where the playlist places the start of this period, in seconds from the start of the presentation. */
  readonly startSeconds: number;
}

/** One demuxable part of an input: its only one, or the picture's or one sound rendition's of a playlist. */
export interface SourceGroup {
  /** Length in seconds as the playlist states it; null where unknown or live. */
  readonly durationSeconds: number | null;
  /** ISO 639 code, where the playlist states one. */
  readonly language?: string;
  /** The next period once the one before has been read to its end; null at the end of the input. */
  nextPeriod(): Promise<SourcePeriod | null>;
  close(): Promise<void>;
}

/** An input whose bytes are fetched by us: FFmpeg itself opens no socket. */
export interface FetchedSource {
  /** Picture first. Times of all groups are on one presentation clock. */
  readonly groups: readonly SourceGroup[];
  close(): Promise<void>;
}
