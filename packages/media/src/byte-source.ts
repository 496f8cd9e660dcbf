import type { Completeness } from "./completeness/completeness.ts";

/** The bytes of one continuous container, read on demand: what the demuxer's read callbacks draw on. */
export interface ByteSource {
  /** Null where the length is not known, as for concatenated segments. */
  readonly sizeBytes: number | null;
  /** Whether `seek` may be called: a plain file over HTTP with range requests is, a run of segments is not. */
  readonly seekable: boolean;
  /**
   * Up to `maxBytes` of what comes next; null at the end. One read at a time. A failure comes after every byte that
   * arrived before it, so a caller that gets one analyses what it has and then reports it.
   *
   * @throws GlasswatchError with exit code 3 when the bytes cannot be had
   */
  read(maxBytes: number): Promise<Uint8Array | null>;
  /** Moves to an offset from the start. Costs nothing until the next `read`. */
  seek(offsetBytes: number): void;
  /** Ends a read that is under way, too: it rejects. May be called more than once. */
  close(): Promise<void>;
}

/** A stretch of an input within which one container's clock and initialisation hold. */
export interface SourcePeriod {
  readonly bytes: ByteSource;
  /** FFmpeg demuxer name where the first bytes or the playlist tell, so that nothing is probed for. */
  readonly demuxer?: "mpegts" | "mov" | "aac" | "mp3" | "ac3" | "eac3";
  /** The source announced that clocks restart here (HLS `EXT-X-DISCONTINUITY`, a new DASH period). */
  readonly declaredDiscontinuity: boolean;
  /**
   * Number of the clock that this period's timestamps are on. Periods of all groups with the same number share one clock:
   * a period that only brings a new initialisation keeps the number of the one before it.
   */
  readonly timeline: number;
  /** Where the playlist places the start of this period, in seconds from the start of the presentation. */
  readonly startSeconds: number;
  /**
   * To be added to the demuxer's timestamps to get to the clock of `timeline`; 0 where the container brings that clock
   * itself. Packed audio (RFC 8216 §3.4) has no clock of its own: its demuxer counts from 0 and an ID3 tag tells this.
   */
  readonly clockOffsetSeconds: number;
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
  /** Picture first. Periods with one `timeline` number share a clock across groups. */
  readonly groups: readonly SourceGroup[];
  /** Whether more is added while it is read: a playlist without an end, or an answer that states no length. */
  readonly live: boolean;
  /** What the structure of a single file tells; absent for playlists, and where it cannot be told. */
  readonly completeness?: Completeness;
  close(): Promise<void>;
}
