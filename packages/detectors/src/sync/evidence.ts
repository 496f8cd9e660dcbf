import type { Measurement } from "@glasswatch/core/finding";

/** One way to know how far a sound track is from its pictures. Overwritten in place. */
export interface Evidence {
  /** Positive where the sound is early; undefined where nothing is proved. */
  offsetSeconds: number | undefined;
  /** From when it is proved. */
  startSeconds: number;
  /** Until when. */
  endSeconds: number;
  /** How sure it is, 0 to 1. */
  readonly confidence: number;
  /** What else was measured; asked for only when something is told. */
  describe(): readonly Measurement[];
}
