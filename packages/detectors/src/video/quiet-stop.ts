import type { FrameFeature, MotionFeature } from "@glasswatch/core/video-features";
import { sparseSeconds } from "./arrival.ts";

/**
 * Watches for the end of the little that goes on in a quiet picture. Cameras and encoders leave something from picture to
 * picture all the time; where that falls to a fraction within a few pictures and stays there, pictures are being repeated.
 */
export interface QuietStop {
  add(frame: FrameFeature, motion: MotionFeature): void;
  /** When the picture that is repeated was first shown; undefined where pictures go on. */
  readonly sinceSeconds: number | undefined;
}

/** Two seconds at 25 pictures a second. */
const kept = 50;
/** An encoder that reorders pictures needs so many until it repeats exactly. */
const settling = 5;
/** Pictures that show whether it stopped at once. */
const recent = 4;
/** What is to have gone on before, and what may be left of it. */
interface Before {
  readonly pictures: number;
  /** What is always there: so many of the pictures have less. */
  readonly floorRank: number;
  /** Pictures that differ by less were repeats before; code values. */
  readonly leastFloor: number;
  readonly dropRatio: number;
  /** Motion that dies away ends in repeats, too, where little is spent on coding: what goes on before has to be steady. */
  readonly steadyRatio: number;
  /** The last pictures before, as a share of the median: of what comes to rest by itself, they have less. */
  readonly leastShare: number;
  /** What remains is held against the least of the last pictures before, up to so many times what is always there. */
  readonly floorRatio: number;
}

/** The less is known of what went on, the deeper it has to fall. */
const befores: readonly Before[] = [
  {
    pictures: kept - settling,
    floorRank: 0.1,
    leastFloor: 0.045,
    dropRatio: 4,
    steadyRatio: 3,
    leastShare: 0,
    floorRatio: 1,
  },
  { pictures: 24, floorRank: 0.1, leastFloor: 0.03, dropRatio: 8, steadyRatio: 3, leastShare: 0.5, floorRatio: 3 },
  { pictures: 12, floorRank: 0, leastFloor: 0.025, dropRatio: 10, steadyRatio: 4, leastShare: 0.5, floorRatio: 3 },
];
/** Of the floor: above, a picture is none of the repeats, but for one in ten that an encoder refreshes. */
const returnShare = 0.5;
const refreshes = 0.1;
/** In succession, they are no refresh. */
const endingRun = 3;
/** Of the floor: what half of the repeats stay below. */
const quietShare = 0.2;
/** Repeats stay where they are; slow motion that is coded late drifts from the anchor. Near-largest block, code values. */
const mostDrift = 4;
/** A picture that differs from the one before by more than so many times what is usual is another one. */
const cutRatio = 4;

export function openQuietStop(): QuietStop {
  const times = new Float64Array(kept);
  const differences = new Float64Array(kept);
  const sorted = new Float64Array(kept - settling);
  let count = 0;
  let lastSeconds = Number.NaN;
  let since: number | undefined;
  let floor = 0;
  let pictures = 0;
  let above = 0;
  let quiet = 0;
  let run = 0;
  let drift = 0;
  let lastFromAnchor = 0;

  const at = (back: number) => (count - 1 - back + kept) % kept;

  function follow(difference: number, growth: number): void {
    pictures++;
    if (difference > returnShare * floor) {
      above++;
      run++;
    } else {
      run = 0;
      drift += growth;
    }
    if (difference <= quietShare * floor) quiet++;
    if (drift > mostDrift || run >= endingRun || above > 1 + refreshes * pictures) since = undefined;
  }

  /** Sorted differences of the last pictures that are not taken for repeats yet. */
  function sort(pictures: number): Float64Array {
    const some = sorted.subarray(0, pictures);
    for (let i = 0; i < pictures; i++) some[i] = differences[at(settling + i)] as number;
    return some.sort();
  }

  function beginAfter(
    { pictures: known, floorRank, leastFloor, dropRatio, steadyRatio, leastShare, floorRatio }: Before,
    difference: number,
  ) {
    if (count < known + settling || difference > leastOf(settling + 1, settling + 4) / dropRatio) return;
    const usual = sort(known);
    const present = usual[Math.floor(floorRank * known)] as number;
    const median = usual[known >> 1] as number;
    if (present < leastFloor || difference > present / dropRatio || median > steadyRatio * present) return;
    // Back to the last picture that differed as usual.
    let back = 1;
    while (back <= settling && (differences[at(back)] as number) < returnShare * present) back++;
    if (back > settling || mostOf(back, back + settling) > cutRatio * median) return;
    const last = leastOf(back, back + recent);
    if (last < leastShare * median) return;
    since = times[at(back)];
    floor = Math.min(floorRatio * present, last);
    pictures = 0;
    above = 0;
    quiet = 0;
    run = 0;
    drift = 0;
    follow(difference, 0);
  }

  function begin(difference: number): void {
    for (let i = 0; i < befores.length && since === undefined; i++) beginAfter(befores[i] as Before, difference);
  }

  function leastOf(from: number, to: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let back = from; back < to; back++) least = Math.min(least, differences[at(back)] as number);
    return least;
  }

  function mostOf(from: number, to: number): number {
    let most = 0;
    for (let back = from; back < to; back++) most = Math.max(most, differences[at(back)] as number);
    return most;
  }

  return {
    add({ timeSeconds, keyFrame }, { meanDifference, peakDifferenceToAnchor }) {
      if (timeSeconds - lastSeconds > sparseSeconds) {
        count = 0;
        since = undefined;
      }
      lastSeconds = timeSeconds;
      const slot = count++ % kept;
      times[slot] = timeSeconds;
      differences[slot] = meanDifference;
      const growth = keyFrame ? 0 : Math.max(0, peakDifferenceToAnchor - lastFromAnchor);
      lastFromAnchor = peakDifferenceToAnchor;
      if (since !== undefined) follow(meanDifference, growth);
      else begin(meanDifference);
    },
    get sinceSeconds() {
      return since !== undefined && 2 * quiet >= pictures ? since : undefined;
    },
  };
}
