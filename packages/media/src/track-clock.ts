export interface TrackClockOptions {
  /** Length of one tick of the container's timestamps. */
  readonly tickSeconds: number;
  /** Bits after which the container's timestamps wrap; 64 for never. */
  readonly wrapBits: number;
  readonly media: "video" | "audio";
}

/** Places the units of one track, which are given in presentation order. */
export interface TrackClock {
  /** Of the unit placed last: see `Picture.timeSeconds`. */
  readonly timeSeconds: number;
  /** Of the unit placed last: see `Picture.clockStepSeconds`. */
  readonly clockStepSeconds: number;
  /** Of the unit placed last: see `Picture.declaredDiscontinuity`. */
  readonly declaredDiscontinuity: boolean;
  /**
   * Places one unit.
   *
   * @param ticks the container's timestamp; null where it has none, so that the unit follows the one before
   * @param undecodedSeconds length of media that the container has stamped since the unit before and that gave no unit
   * @param stepSeconds how far after the end of the unit before it comes, where the timestamps do not tell; see `pass`
   */
  place(ticks: number | null, durationSeconds: number, undecodedSeconds?: number, stepSeconds?: number): void;
  /** Where the unit placed or passed last ends. */
  readonly endSeconds: number;
  /**
   * Passes over one unit that is not decoded: what it leaves out is no gap. Such units come in the order of decoding. The
   * unit placed next tells the largest step among those passed and its own.
   *
   * @param ticks places the first unit of a track or of a declared period
   * @param stepSeconds how far after the end of the one before it is decoded; undefined for right after it
   */
  pass(ticks: number | null, durationSeconds: number, stepSeconds: number | undefined): void;
  /** The unit placed next tells no step of those passed. */
  forgive(): void;
  /** `rewind` comes back to here, as if the units passed since then had not been. */
  mark(): void;
  rewind(): void;
  /** The next unit begins a period with another container, whose clock the source declared to be another one. */
  declareDiscontinuity(period: DeclaredPeriod): void;
  /** Before its first unit: the track runs on a clock of its own, which shows `originSeconds` at time 0. */
  runAlone(originSeconds: number): void;
}

export interface DeclaredPeriod {
  readonly tickSeconds: number;
  readonly wrapBits: number;
  /** Where the playlist places the period, from the start of the presentation; null where it does not say. */
  readonly startSeconds: number | null;
  /** False where the container changes and the source keeps to one clock. */
  readonly clockRestarts: boolean;
}
