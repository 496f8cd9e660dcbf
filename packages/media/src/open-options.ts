export interface OpenOptions {
  /** Units that end before this are left out; times still count from the start of the input. */
  readonly fromSeconds?: number;
  /** Reading ends with the units that begin before this. */
  readonly toSeconds?: number;
  /**
   * Whether a live HLS playlist is read from three target durations before its end, as players do (RFC 8216 §6.3.3),
   * instead of from its oldest segment, which may be hours old.
   */
  readonly liveEdge?: boolean;
  /** How long a live playlist may stay as it is before reading it fails, and at least three target durations; 6 s by default. */
  readonly staleSeconds?: number;
  /** Whether packets are kept for a while, for `MediaReader.cutClip`. */
  readonly keepsRecent?: boolean;
  /** Whether loopback and private addresses may be fetched from. */
  readonly allowPrivate: boolean;
  /** Aborting makes the reader's next call throw. */
  readonly signal?: AbortSignal;
}
