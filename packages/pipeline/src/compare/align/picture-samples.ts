import { fingerprintCells } from "@glasswatch/kernels/picture-fingerprint";
import type { PictureFingerprint } from "../fingerprint.ts";

/** Pictures further apart than this many usual intervals do not move in between: the earlier one is held. */
const longestBlendIntervals = 1.5;

/** A track of pictures that can be looked at at any time. */
export interface PictureTrack {
  readonly times: Float64Array;
  /** The usual time from picture to picture, in seconds. */
  readonly intervalSeconds: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Index of the first picture at `timeSeconds` or later. */
  indexAt(timeSeconds: number): number;
  /** Adds `gain` × the picture at a time, blended from the two that surround it, to `target`. */
  addTo(target: Float32Array, timeSeconds: number, gain: number): void;
}

export function pictureTrack({ times, cells }: PictureFingerprint): PictureTrack {
  const intervalSeconds = usualInterval(times);
  const last = times.length - 1;

  function indexAt(timeSeconds: number): number {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] as number) < timeSeconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    times,
    intervalSeconds,
    startSeconds: times[0] ?? 0,
    endSeconds: times[last] ?? 0,
    indexAt,
    addTo(target, timeSeconds, gain) {
      const after = Math.min(last, indexAt(timeSeconds));
      const before = Math.max(0, after - 1);
      const gap = Math.min(
        (times[after] as number) - (times[before] as number),
        longestBlendIntervals * intervalSeconds,
      );
      const untilAfter = Math.max(0, (times[after] as number) - timeSeconds);
      const share = gap > 0 ? Math.min(1, untilAfter / gap) : 0;
      const ownGain = (gain * (1 - share)) / 256;
      const earlierGain = (gain * share) / 256;
      const own = after * fingerprintCells;
      const earlier = before * fingerprintCells;
      for (let cell = 0; cell < fingerprintCells; cell++) {
        target[cell] =
          (target[cell] as number) +
          ownGain * (cells[own + cell] as number) +
          earlierGain * (cells[earlier + cell] as number);
      }
    },
  };
}

function usualInterval(times: Float64Array): number {
  const intervals = new Float64Array(Math.max(0, times.length - 1));
  for (let i = 0; i < intervals.length; i++) intervals[i] = (times[i + 1] as number) - (times[i] as number);
  intervals.sort();
  return intervals[intervals.length >> 1] || 0.04;
}
