export interface OpenOptions {
  /** Units that end before this are left out; times still count from the start of the input. */
  readonly fromSeconds?: number;
  /** Reading ends with the units that begin before this. */
  readonly toSeconds?: number;
  /** Whether loopback and private addresses may be fetched from. */
  readonly allowPrivate: boolean;
  /** Aborting makes the reader's next call throw. */
  readonly signal?: AbortSignal;
}
