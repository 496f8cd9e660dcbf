import type { FrameFeature, MotionFeature } from "@glasswatch/core/video-features";
import { sparseSeconds } from "./arrival.ts";
import { openRunningMedian } from "./running-median.ts";

/** Repeated pictures between two that moved. */
export interface Hold {
  /** Of the first repeated picture. */
  readonly startSeconds: number;
  /** Of the last one. */
  readonly endSeconds: number;
  /** Pictures that show what the one before them showed. */
  readonly repeats: number;
  /** The step with which motion went on, against the last one before it stopped; 1 where nothing is missing. */
  readonly catchUp: number;
  /** It differs much less than the pictures around it, but more than a repeat has to. */
  readonly isFaint: boolean;
}

/** `unclear`: too little moves to tell, or what moved came to rest. */
export type PictureStep = "moving" | "repeated" | "unclear" | "cut" | "restart";

/** Tells repeated pictures in moving ones from pictures of something that rests. */
export interface HoldFinder {
  add(frame: FrameFeature, motion: MotionFeature): PictureStep;
  /** That ended with the latest picture; undefined otherwise. */
  readonly ended: Hold | undefined;
  /** Likewise, where only a rhythm makes it credible: it differs somewhat less than what is around it, or motion died away. */
  readonly doubtful: Hold | undefined;
  /** How far two pictures in succession are apart where nothing repeats, code values; 0 while unknown. */
  readonly level: number;
}

/** Steps that the ordinary one is the median of. */
const kept = 8;
/**
 * A repeat differs by less than this share of an ordinary step. Measured on clips re-encoded at crf 22: repeats up to 0.09,
 * moving pictures from 0.15 in tripod shots and from 0.28 in others.
 */
const repeatShare = 0.1;
/** Of the third-largest block: within a group of pictures, encoders change a still picture by up to 3.2; code values. */
const codedPeak = 8;
const codedPeakShare = 0.2;
/**
 * Encoders code the noise of a repeat anew, so that little motion does not stand far out of it. Against the lesser of the
 * pictures before and after it, a repeat then has up to half of the mean and this share of the third-largest block.
 */
const faintShare = 0.5;
const faintPeakShare = 0.4;
/** Third-largest block against those of the pictures before and after it, of what may be a repeat. */
const dipShare = 0.7;
/** Motion that stops and resumes at once had at least this share of an ordinary step on both sides. */
const abruptShare = 0.4;
/** Below this mean difference, encoders leave out what little moves: an ordinary step, code values. */
const leastLevel = 0.4;
/** Longer ones are freezes. */
const longestSeconds = 1.05;

export function openHoldFinder(): HoldFinder {
  const steps = openRunningMedian(kept);
  const peaks = openRunningMedian(kept);
  let lastSeconds = Number.NaN;
  let lastStep = 0;
  let lastPeak = 0;
  let heldStep = 0;
  let heldPeak = 0;
  let isFaint = false;
  let repeats = 0;
  let heldFrom = 0;
  let heldUntil = 0;
  let ended: Hold | undefined;
  let doubtful: Hold | undefined;
  let previousPeak = 0;
  let beforeThatPeak = 0;

  function keep(step: number, peak: number): void {
    steps.add(step);
    peaks.add(peak);
    lastStep = step;
    lastPeak = peak;
  }

  function forget(): void {
    steps.forget();
    peaks.forget();
    lastStep = 0;
    repeats = 0;
  }

  /** Either hardly anything differs, or nothing that stands out, as where an encoder coded the noise of a repeat anew. */
  function isRepeat(step: number, peak: number, level: number): boolean {
    if (step <= repeatShare * level) return true;
    return step <= 0.7 * level && peak <= Math.min(codedPeak, codedPeakShare * peaks.value);
  }

  /** As far as can be told before the next picture. */
  function mayRepeat(step: number, peak: number): boolean {
    return (
      lastStep >= leastLevel && step <= faintShare * lastStep && peak <= Math.min(codedPeak, faintPeakShare * lastPeak)
    );
  }

  function standsOut(step: number, peak: number): boolean {
    return heldStep <= faintShare * step && heldPeak <= faintPeakShare * peak;
  }

  function resume(step: number, level: number): Hold | undefined {
    if (heldUntil - heldFrom > longestSeconds) return undefined;
    const hold = { startSeconds: heldFrom, endSeconds: heldUntil, repeats, catchUp: step / lastStep, isFaint };
    if (lastStep >= abruptShare * level && step >= abruptShare * level) return hold;
    doubtful = hold;
    return undefined;
  }

  function noteDip(startSeconds: number, endSeconds: number, peak: number): void {
    const isDip = previousPeak <= dipShare * Math.min(beforeThatPeak, peak);
    doubtful = isDip ? { startSeconds, endSeconds, repeats: 1, catchUp: 1, isFaint: true } : undefined;
    beforeThatPeak = previousPeak;
    previousPeak = peak;
  }

  return {
    add({ timeSeconds, durationSeconds }, { meanDifference: step, peakDifference: peak }) {
      ended = undefined;
      const isSparse = !(timeSeconds - lastSeconds <= sparseSeconds);
      noteDip(lastSeconds, timeSeconds, peak);
      lastSeconds = timeSeconds;
      if (isSparse) {
        forget();
        return "restart";
      }
      const level = steps.value;
      const repeated = level >= leastLevel && isRepeat(step, peak, level);
      if (repeated || mayRepeat(step, peak)) {
        if (repeats === 0) {
          heldFrom = timeSeconds;
          heldStep = 0;
          heldPeak = 0;
          isFaint = false;
        }
        heldUntil = timeSeconds + durationSeconds;
        heldStep = Math.max(heldStep, step);
        heldPeak = Math.max(heldPeak, peak);
        isFaint ||= !repeated;
        repeats++;
        return heldUntil - heldFrom <= longestSeconds ? "repeated" : "unclear";
      }
      if (repeats > 0 && isFaint && !standsOut(step, peak)) {
        repeats = 0;
        keep(heldStep, heldPeak);
        keep(step, peak);
        return "moving";
      }
      if (repeats > 0) {
        ended = resume(step, level);
        repeats = 0;
        keep(Math.min(step, 2 * level), peak);
        return ended ? "moving" : "unclear";
      }
      if (level > 0 && step > 4 * Math.max(level, lastStep) + 8) {
        forget();
        return "cut";
      }
      if (step >= leastLevel || level >= leastLevel) keep(step, peak);
      return level >= leastLevel ? "moving" : "unclear";
    },
    get ended() {
      return ended;
    },
    get doubtful() {
      return ended ? undefined : doubtful;
    },
    get level() {
      return steps.value;
    },
  };
}
