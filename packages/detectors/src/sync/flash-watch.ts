import type { FrameFeature, LumaFeature } from "@glasswatch/core/video-features";
import { openPulseTrain, type PulseTrain } from "./pulse-train.ts";

/** From here up, on the scale from black to white, a pixel is bright. */
const brightFrom = 0.75;
/** A flash brightens at least this share of the picture, from one picture to the next. */
const flashShare = 0.05;
/** Counters, sweeping hands and grain change less than this from picture to picture. */
const steadyShare = 0.02;
/** A test signal stands as it is for so long before each flash. */
const steadySeconds = 0.2;
/** What stays bright for longer is no flash. */
const longestSeconds = 0.25;
/** Pictures further apart than this many lengths of one were not all watched. */
const adjacentUnits = 1.5;

/** Finds single white flashes in a picture that otherwise stands still or nearly so. */
export interface FlashWatch {
  readonly flashes: PulseTrain;
  /** Takes the next picture. True where `flashes` changed: a flash is over, or what is shown is no test signal. */
  push(frame: FrameFeature, luma: LumaFeature): boolean;
}

export function openFlashWatch(): FlashWatch {
  const flashes = openPulseTrain();
  let base = 0;
  let rise = 0;
  let steadySince = Number.NaN;
  let flashSince: number | undefined;
  let nextSeconds = Number.NaN;

  function restart(share: number, timeSeconds: number): boolean {
    base = share;
    steadySince = timeSeconds;
    flashSince = undefined;
    const changed = flashes.count > 0;
    flashes.clear();
    return changed;
  }

  return {
    flashes,
    push({ timeSeconds, durationSeconds }, luma) {
      const share = brightShare(luma);
      const adjacent = timeSeconds <= nextSeconds;
      nextSeconds = timeSeconds + adjacentUnits * durationSeconds;
      if (!adjacent) return restart(share, timeSeconds);
      const change = share - base;
      if (flashSince !== undefined) {
        if (change <= Math.max(steadyShare, rise / 4)) {
          flashes.add(flashSince, timeSeconds);
          flashSince = undefined;
          steadySince = timeSeconds;
          return true;
        }
        return timeSeconds - flashSince > longestSeconds ? restart(share, timeSeconds) : false;
      }
      if (Math.abs(change) < flashShare) {
        base = share;
        return false;
      }
      if (change < 0 || timeSeconds - steadySince < steadySeconds) return restart(share, timeSeconds);
      flashSince = timeSeconds;
      rise = change;
      return false;
    },
  };
}

function brightShare({ histogram, sampleCount, black, white }: LumaFeature): number {
  let bright = 0;
  for (let code = Math.round(black + brightFrom * (white - black)); code < 256; code++) bright += histogram[code] ?? 0;
  return bright / sampleCount;
}
