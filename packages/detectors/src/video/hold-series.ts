import type { Hold, PictureStep } from "./hold-finder.ts";

/** What a series of holds is taken for. */
export interface SeriesVerdict {
  readonly isDefect: boolean;
  readonly confidence: number;
}

/** Holds that follow one another closely, gathered as they come. */
export interface HoldSeries {
  readonly startSeconds: number;
  /** Of the last repeated picture. */
  readonly endSeconds: number;
  readonly repeats: number;
  /** Different pictures a second. */
  readonly distinctPerSecond: number;
  /** Of the holds, in pictures. */
  readonly typicalGap: number;
  add(hold: Hold, level: number): void;
  /** A picture after the latest hold; in the series as soon as another hold follows. */
  pass(step: PictureStep, seconds: number): void;
  /** No hold is to be expected any more. */
  readonly isOver: boolean;
  judge(): SeriesVerdict;
}

/** What came before a series. */
export interface SeriesOrigin {
  /** Moving pictures of the same shot, none of them repeated. */
  readonly clearSeconds: number;
  /** See `HoldFinder.level`. */
  readonly level: number;
}

/**
 * A cadence that began within a shot is not that of the shot. Its own shows in pictures that moved without a repeat: for the
 * time of four repeats, or for as long as this where they are seldom.
 */
const ownGaps = 4;
const leastOwnSeconds = 0.3;
const ownSeconds = 0.8;
/** One repeat a second is 24 pictures shown at 25: nobody sees it. What comes as seldom ends a series. */
const longestGapSeconds = 0.85;
/** What is held for longer stutters also where it comes more seldom. */
const longestGapOfHoldsSeconds = 2.2;
const longestRestSeconds = 2;
const fewestHolds = 4;
const fewestGaps = 2;
/** Later, another part of the scene may move. */
const firstHolds = 8;
const remembered = 64;
/**
 * Where pictures were lost, the step after a repeat is that of the one before it and of what was lost. Cadences repeat
 * pictures between steps of one size: up to 0.58 of the steps were larger by this factor by chance, where pictures were lost
 * 0.8 and more.
 */
const lostStep = 1.1;
const lostShare = 0.7;
/** What moves less than this share of the time stops and goes. */
const leastMovingShare = 0.35;
const mostRestShare = 0.3;
/** Gaps longer than this share of the typical one hold a repeat that was not seen. */
const wholeGap = 1.5;

const own: SeriesVerdict = { isDefect: false, confidence: 0 };

export function openHoldSeries(origin: SeriesOrigin): HoldSeries {
  const gaps = new Float64Array(remembered);
  const catchUps = new Float64Array(remembered);
  const moved = new Float64Array(remembered);
  const gapsSeconds = new Float64Array(remembered);
  const levels = new Float64Array(firstHolds);
  let holds = 0;
  let gapCount = 0;
  let startSeconds = 0;
  let endSeconds = 0;
  let repeats = 0;
  /** Since the latest hold ended. */
  let passedMoving = 0;
  let passedSeconds = 0;
  let restedSeconds = 0;
  let lastRepeats = 0;
  /** Holds that only a rhythm makes credible. */
  let faint = 0;
  let movingSeconds = 0;
  let allRestSeconds = 0;
  let heldSeconds = 0;
  let lastHeldSeconds = 0;

  function count(values: Float64Array, index: number, value: number): void {
    values[index % remembered] = value;
  }

  function typical(values: Float64Array, known: number): number {
    const some = values.slice(0, Math.min(known, remembered)).sort();
    return some[some.length >> 1] ?? 0;
  }

  function share(values: Float64Array, known: number, holds: (value: number) => boolean): number {
    const some = values.slice(0, Math.min(known, remembered));
    return some.filter(holds).length / Math.max(1, some.length);
  }

  function rate(): number {
    const longest = wholeGap * typical(gaps, gapCount);
    let pictures = 0;
    let seconds = 0;
    for (let k = 0; k < Math.min(gapCount, remembered); k++) {
      if ((gaps[k] as number) > longest) continue;
      pictures += moved[k] as number;
      seconds += gapsSeconds[k] as number;
    }
    return seconds > 0 ? pictures / seconds : 0;
  }

  function isRegular(): boolean {
    const gap = typical(gaps, gapCount);
    const leeway = Math.max(1, 0.12 * gap);
    return share(gaps, gapCount, (value) => Math.abs(value - gap) <= leeway) >= 0.75;
  }

  function beganWithin(): boolean {
    const least = Math.min(ownSeconds, Math.max(leastOwnSeconds, ownGaps * typical(gapsSeconds, gapCount)));
    return origin.clearSeconds >= least && goesOn();
  }

  /** The pictures go on moving as before, each step being as large or, where pictures are missing, larger. */
  function goesOn(): boolean {
    const ratio = typical(levels, Math.min(holds, firstHolds)) / origin.level;
    return ratio >= 0.5 && ratio <= 5;
  }

  /** Pictures are missing where others are repeated: fewer holds have to agree the more closely. */
  function isLoss(): boolean {
    const total = movingSeconds + heldSeconds + allRestSeconds;
    if (movingSeconds < leastMovingShare * total || allRestSeconds > mostRestShare * total) return false;
    const least = Math.max(lostShare, 0.5 + 1 / Math.sqrt(holds));
    return typical(moved, gapCount) >= 2 && share(catchUps, holds, (step) => step >= lostStep) >= least;
  }

  return {
    get startSeconds() {
      return startSeconds;
    },
    get endSeconds() {
      return endSeconds;
    },
    get repeats() {
      return repeats;
    },
    get distinctPerSecond() {
      return rate();
    },
    get typicalGap() {
      return typical(gaps, gapCount);
    },
    add(hold, level) {
      if (holds === 0) startSeconds = hold.startSeconds;
      else if (restedSeconds === 0) {
        const gap = lastRepeats + passedMoving;
        count(gapsSeconds, gapCount, lastHeldSeconds + passedSeconds);
        count(moved, gapCount, passedMoving);
        count(gaps, gapCount++, gap);
      }
      movingSeconds += passedSeconds;
      allRestSeconds += restedSeconds;
      lastHeldSeconds = hold.endSeconds - hold.startSeconds;
      heldSeconds += lastHeldSeconds;
      count(catchUps, holds, hold.catchUp);
      if (holds < firstHolds) levels[holds] = level;
      holds++;
      repeats += hold.repeats;
      if (hold.isFaint) faint++;
      lastRepeats = hold.repeats;
      endSeconds = hold.endSeconds;
      passedMoving = 0;
      passedSeconds = 0;
      restedSeconds = 0;
    },
    pass(step, seconds) {
      if (step === "moving" || step === "cut") {
        passedMoving++;
        passedSeconds += seconds;
      } else if (step === "unclear") restedSeconds += seconds;
    },
    get isOver() {
      const longest = lastRepeats > 1 ? longestGapOfHoldsSeconds : longestGapSeconds;
      return passedSeconds > longest || restedSeconds > longestRestSeconds;
    },
    judge() {
      if (holds < fewestHolds || gapCount < fewestGaps) return own;
      const isPlain = 2 * faint <= holds;
      const hasRhythm = isRegular();
      if (isPlain && hasRhythm && beganWithin()) return { isDefect: true, confidence: 0.95 };
      if (!isPlain && !hasRhythm) return own;
      return { isDefect: isLoss(), confidence: hasRhythm ? 0.85 : 0.8 };
    },
  };
}
