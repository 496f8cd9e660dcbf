import type { Frame } from "node-av/lib";
import type { TrackClock } from "./track-clock.ts";

/** FFmpeg's AV_NOPTS_VALUE. */
const noTimestamp = -(2n ** 63n);

export function ticksOrNull(timestamp: bigint): number | null {
  return timestamp === noTimestamp ? null : Number(timestamp);
}

/** The frame's presentation timestamp, else the one that FFmpeg's decoder guesses, in ticks. */
export function frameTicks(frame: Frame): number | null {
  return ticksOrNull(frame.pts) ?? ticksOrNull(frame.bestEffortTimestamp);
}

/** The timing of a unit: one object per track, overwritten for each unit. */
export interface MutableTiming {
  timeSeconds: number;
  durationSeconds: number;
  clockStepSeconds: number;
  declaredDiscontinuity: boolean;
}

export function copyTiming(unit: MutableTiming, clock: TrackClock, durationSeconds: number): void {
  unit.timeSeconds = clock.timeSeconds;
  unit.durationSeconds = durationSeconds;
  unit.clockStepSeconds = clock.clockStepSeconds;
  unit.declaredDiscontinuity = clock.declaredDiscontinuity;
}
