/** How long to wait and how often to try again. */
export interface FetchLimits {
  readonly connectMs: number;
  /** From the request to the first byte of the answer. */
  readonly firstByteMs: number;
  /** Without at least `progressBytes` arriving, once the answer has begun. */
  readonly stallMs: number;
  readonly progressBytes: number;
  /** For a request with all its tries, up to the first byte of the answer. */
  readonly totalMs: number;
  /** Tries after the first; the wait before each doubles. */
  readonly retries: number;
  readonly firstRetryMs: number;
  /** A live playlist that has not changed for this long, and for three target durations, has stopped. */
  readonly staleMs: number;
}

export const defaultLimits: FetchLimits = {
  connectMs: 10_000,
  firstByteMs: 15_000,
  stallMs: 20_000,
  // A server that sends a byte now and then is as stalled as one that sends none; 8 kbit/s radio brings twice this.
  progressBytes: 8 * 1024,
  totalMs: 30_000,
  retries: 4,
  firstRetryMs: 250,
  staleMs: 6000,
};

export const maxPlaylistBytes = 5 * 1024 * 1024;
export const maxRedirects = 5;
