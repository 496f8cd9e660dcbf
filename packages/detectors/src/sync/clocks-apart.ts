import type { ClockShift } from "./clock-shift.ts";
import type { Evidence } from "./evidence.ts";

/** Tracks that jump together do so within this, as far as one ended before the other. */
const togetherSeconds = 2;

/**
 * The container's clocks of pictures and sound, which jumped apart: by its own timestamps the same media are presented
 * otherwise than before.
 */
export interface ClocksApart extends Evidence {
  measure(): void;
}

export function openClocksApart(picture: ClockShift, sound: ClockShift): ClocksApart {
  const apart: ClocksApart = {
    offsetSeconds: undefined,
    startSeconds: 0,
    endSeconds: 0,
    confidence: 0.7,
    describe: () => [],
    measure() {
      const known = Math.min(picture.endSeconds, sound.endSeconds);
      apart.startSeconds = Math.max(picture.shiftedSeconds, sound.shiftedSeconds);
      apart.endSeconds = sound.endSeconds;
      const isSettled = known >= apart.startSeconds + togetherSeconds;
      const isKnown = sound.shiftSeconds !== undefined && picture.shiftSeconds !== undefined;
      apart.offsetSeconds =
        isSettled && isKnown ? (sound.shiftSeconds as number) - (picture.shiftSeconds as number) : undefined;
    },
  };
  return apart;
}
