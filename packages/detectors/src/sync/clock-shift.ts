import type { ClockFeature } from "@glasswatch/core/features";
import { brokenStepSeconds, isStepBack, leastStepBackSeconds } from "@glasswatch/media/clock";

/** Follows by how much the container's clock of one track has been put back or forward against its presentation. */
export interface ClockShift {
  /** Positive where it was put back; undefined where that cannot be told any more. */
  shiftSeconds: number | undefined;
  /** When the clock was shifted last, on the presentation. */
  shiftedSeconds: number;
  /** Up to where the track is known. */
  endSeconds: number;
  place(clock: ClockFeature): void;
}

export function openClockShift(): ClockShift {
  let unitSeconds = 0;
  let first = true;

  const shift: ClockShift = {
    shiftSeconds: 0,
    shiftedSeconds: 0,
    endSeconds: 0,
    place({ timeSeconds, durationSeconds, clockStepSeconds, declaredDiscontinuity }) {
      const movedSeconds = first ? 0 : timeSeconds - shift.endSeconds;
      const unexplained = movedSeconds - clockStepSeconds;
      if (declaredDiscontinuity) {
        // The source says that its clocks are new, and how they belong together.
        shift.shiftSeconds = 0;
        shift.shiftedSeconds = timeSeconds;
      } else if (isBroken(clockStepSeconds, movedSeconds, unitSeconds)) {
        if (shift.shiftSeconds !== undefined) shift.shiftSeconds += unexplained;
        shift.shiftedSeconds = timeSeconds;
      } else if (movedSeconds > Math.max(leastStepBackSeconds, unitSeconds) && unexplained > leastStepBackSeconds) {
        // It moved along with another track, or units were not decoded.
        shift.shiftSeconds = undefined;
      }
      first = false;
      shift.endSeconds = timeSeconds + durationSeconds;
      unitSeconds = durationSeconds;
    },
  };
  return shift;
}

/** A clock that jumped, and not a hole in the media: the presentation did not move along. */
function isBroken(stepSeconds: number, movedSeconds: number, unitSeconds: number): boolean {
  if (stepSeconds < 0) return isStepBack(stepSeconds, unitSeconds);
  return stepSeconds >= brokenStepSeconds && movedSeconds < stepSeconds / 2;
}
