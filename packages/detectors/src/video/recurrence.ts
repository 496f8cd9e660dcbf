import type { FrameFeature, MotionFeature } from "@glasswatch/core/video-features";
import { sparseSeconds } from "./arrival.ts";

/**
 * Watches for pictures that an encoder was given again and again. Coded in the same group of pictures each time, they come
 * out the same each time: what they differ by from picture to picture is nothing, or recurs with the encoder's period to a
 * thousandth of a code value. What a camera adds to the stillest scene never does.
 */
export interface Recurrence {
  add(frame: FrameFeature, motion: MotionFeature): void;
  /** When the picture that is repeated was first shown; undefined where pictures go on. */
  readonly sinceSeconds: number | undefined;
}

const kept = 256;
/** Groups of pictures that recur are seldom longer: two seconds at 30 pictures a second. */
const longestPeriod = 60;
/** Mean differences of two pictures in the same place of two groups; code values. */
const sameDifference = 0.0015;
/** Measured on re-encoded freezes of 3 s: 1.5 s and more; on live scenes up to 0.8, and 1.3 where they had been coded twice. */
const leastSeconds = 1.45;
/** An encoder that was given a picture for the first time needs so many until it repeats itself. */
const settling = 20;
/** Pictures before the recurring ones, settling ones among them, of which a quarter show what went on. */
const known = 44;
const leastKnown = 16;
const liveRank = 0.75;
/** Of what went on: what settles and what recurs stays below. */
const quietShare = 1 / 3;
/** A picture that differs from the one before by more than so many times what is usual is another one. */
const cutRatio = 4;
/**
 * What went on was either so little everywhere: third-largest block, 1.1 to 7.9 in quiet camera scenes, 12 and more in fades.
 * Encoders refine a still picture by less than the least.
 */
const leastPeak = 1;
const mostPeak = 8;
/**
 * Or it went on in a tenth of the picture and more, which a small thing that moves on a still never does: so much above what
 * the tenth has afterwards, measured 0.5 and more above none in camera scenes, and at most 0.1 above as much.
 */
const upperRatio = 2;
const leastUpper = 0.3;
/** But not in half of it: in camera scenes the median block has up to 0.94, in fades to a still from 1.1. */
const mostMedian = 1;
/** In succession, they are no refresh of the picture that stands still. */
const endingRun = 3;

export function openRecurrence(): Recurrence {
  const times = new Float64Array(kept);
  const differences = new Float64Array(kept);
  const peaks = new Float64Array(kept);
  const uppers = new Float64Array(kept);
  const medians = new Float64Array(kept);
  const runs = new Uint16Array(longestPeriod + 1);
  const sorted = new Float64Array(kept);
  let count = 0;
  let lastSeconds = Number.NaN;
  let since: number | undefined;
  let period = 0;
  /** Largest difference among the pictures that recur. */
  let most = 0;
  let returned = 0;

  const at = (back: number) => (count - 1 - back) & (kept - 1);
  const differenceAt = (back: number) => differences[at(back)] as number;

  function recurs(after: number): boolean {
    return Math.abs(differenceAt(0) - differenceAt(after)) <= sameDifference;
  }

  /** Pictures up to the latest that recur; with the period with which they do so the longest. */
  function recurring(): number {
    let longest = 0;
    for (let each = 1; each <= Math.min(longestPeriod, count - 1); each++) {
      const run = recurs(each) ? (runs[each] as number) + 1 : 0;
      runs[each] = run;
      if (run < each || run + each <= longest) continue;
      longest = run + each;
      if (since === undefined) period = each;
    }
    return Math.min(longest, kept - known - settling);
  }

  /** Of the values of so many pictures, the one that has this share of them below it. */
  function ranked(values: Float64Array, rank: number, from: number, pictures: number): number {
    const some = sorted.subarray(0, pictures);
    for (let i = 0; i < pictures; i++) some[i] = values[at(from + i)] as number;
    some.sort();
    return some[Math.min(pictures - 1, Math.floor(rank * pictures))] as number;
  }

  function isQuietScene(pictures: number, before: number): boolean {
    return ranked(peaks, liveRank, pictures, before) >= leastPeak && ranked(peaks, 0.5, pictures, before) <= mostPeak;
  }

  function isPartOfScene(pictures: number, before: number): boolean {
    const left = ranked(uppers, 0.5, 0, Math.min(known, pictures));
    const upper = ranked(uppers, 0.5, pictures, before);
    return upper >= upperRatio * left + leastUpper && ranked(medians, 0.5, pictures, before) < mostMedian;
  }

  function begin(pictures: number): void {
    const before = Math.min(known, count - pictures);
    if (before < leastKnown || lastSeconds - (times[at(pictures)] as number) < leastSeconds) return;
    const live = ranked(differences, liveRank, pictures, before);
    if (!isQuietScene(pictures, before) && !isPartOfScene(pictures, before)) return;
    if (ranked(differences, 0.5, 0, Math.min(known, pictures)) > quietShare * live) return;
    const farthest = pictures + Math.min(settling, before - 1);
    let back = pictures;
    while (back < farthest && differenceAt(back) < quietShare * live) back++;
    for (let i = pictures - 2; i <= farthest; i++) if (differenceAt(i) > cutRatio * live + 1) return;
    since = times[at(back)];
    most = ranked(differences, 1, 0, pictures);
    returned = 0;
  }

  return {
    add({ timeSeconds }, { meanDifference, medianDifference, upperDifference, peakDifference }) {
      if (timeSeconds - lastSeconds > sparseSeconds) {
        count = 0;
        since = undefined;
        runs.fill(0);
      }
      lastSeconds = timeSeconds;
      const slot = count++ & (kept - 1);
      times[slot] = timeSeconds;
      differences[slot] = meanDifference;
      peaks[slot] = peakDifference;
      uppers[slot] = upperDifference;
      medians[slot] = medianDifference;
      const pictures = recurring();
      if (since === undefined) begin(pictures);
      else if (meanDifference <= most || recurs(period)) returned = 0;
      else if (++returned >= endingRun) since = undefined;
    },
    get sinceSeconds() {
      return returned > 0 ? undefined : since;
    },
  };
}
