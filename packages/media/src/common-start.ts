import { brokenStepSeconds } from "./clock.ts";
import type { TrackStart } from "./group-reader.ts";

export interface CommonStart {
  /** The earliest presented timestamp of the tracks that share a clock. */
  readonly originSeconds: number;
  /** Tracks on a clock of their own. */
  readonly alone: readonly TrackStart[];
}

/**
 * Where time 0 lies, from the first units of all tracks. These were read close together, so a track that is far from the
 * first one (the picture, where there is one) runs on another clock: another programme of a transport stream, or a sound
 * rendition without timestamps.
 */
export function commonStart(firsts: readonly TrackStart[]): CommonStart {
  const reference = firsts[0]?.seconds ?? 0;
  const isNear = ({ seconds }: TrackStart) => Math.abs(seconds - reference) < brokenStepSeconds;
  const near = firsts.filter(isNear).map(({ seconds }) => seconds);
  return {
    originSeconds: Math.min(reference, ...near),
    alone: firsts.filter((start) => !isNear(start)),
  };
}
