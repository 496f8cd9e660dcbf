import type { Hold, PictureStep } from "./hold-finder.ts";
import { openHoldRhythm } from "./hold-rhythm.ts";
import { openRecentValues } from "./recent-values.ts";

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
  /** A hold that is credible only where the rhythm of the others has one. @returns whether it is */
  addDue(hold: Hold): boolean;
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
  /** Holds before it that are credible only where its rhythm has one, as they came. */
  readonly earlier: readonly Hold[];
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
/**
 * Conversion shows each picture as often as the others or once more: none is held for two that would not have to be, next to
 * twice as many that are shown once. What stops and goes rests longer.
 */
const leastHeld = 2;
const movedForEachHeld = 2;
/** What moves less than this share of the time stops and goes. */
const leastMovingShare = 0.35;
const mostRestShare = 0.3;

const own: SeriesVerdict = { isDefect: false, confidence: 0 };

export function openHoldSeries(origin: SeriesOrigin): HoldSeries {
  const rhythm = openHoldRhythm();
  const catchUps = openRecentValues(remembered);
  const held = openRecentValues(remembered);
  const levels = openRecentValues(firstHolds);
  let holds = 0;
  let firstSeconds = 0;
  let startSeconds = 0;
  let lastStartSeconds = 0;
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

  /** The rhythm is known only now, and may have begun with holds that were not credible by themselves. */
  function lookBack(): void {
    for (const hold of origin.earlier.toReversed()) {
      if (hold.endSeconds > startSeconds || !rhythm.isDue(hold, startSeconds)) continue;
      ({ startSeconds } = hold);
      repeats += hold.repeats;
    }
  }

  function goOn(hold: Hold): void {
    movingSeconds += passedSeconds;
    allRestSeconds += restedSeconds;
    lastHeldSeconds = hold.endSeconds - hold.startSeconds;
    heldSeconds += lastHeldSeconds;
    repeats += hold.repeats;
    lastRepeats = hold.repeats;
    lastStartSeconds = hold.startSeconds;
    endSeconds = hold.endSeconds;
    passedMoving = 0;
    passedSeconds = 0;
    restedSeconds = 0;
  }

  function beganWithin(): boolean {
    const least = Math.min(ownSeconds, Math.max(leastOwnSeconds, ownGaps * rhythm.usual.seconds));
    return origin.clearSeconds - (firstSeconds - startSeconds) >= least && goesOn();
  }

  /** The pictures go on moving as before, each step being as large or, where pictures are missing, larger. */
  function goesOn(): boolean {
    const ratio = levels.median() / origin.level;
    return ratio >= 0.5 && ratio <= 5;
  }

  function keepsMoving(): boolean {
    const total = movingSeconds + heldSeconds + allRestSeconds;
    return movingSeconds >= leastMovingShare * total && allRestSeconds <= mostRestShare * total;
  }

  /** No way of showing pictures at another rate looks like that. */
  function isNoConversion(): boolean {
    const heldEach = held.median();
    return keepsMoving() && heldEach >= leastHeld && rhythm.usual.moved >= movedForEachHeld * heldEach;
  }

  /** Pictures are missing where others are repeated: fewer holds have to agree the more closely. */
  function isLoss(): boolean {
    if (!keepsMoving()) return false;
    const least = Math.max(lostShare, 0.5 + 1 / Math.sqrt(holds));
    return rhythm.usual.moved >= 2 && catchUps.share((step) => step >= lostStep) >= least;
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
      return rhythm.distinctPerSecond;
    },
    get typicalGap() {
      return rhythm.usual.pictures;
    },
    add(hold, level) {
      if (holds === 0) {
        firstSeconds = hold.startSeconds;
        startSeconds = firstSeconds;
      } else if (restedSeconds === 0) {
        const seconds = lastHeldSeconds + passedSeconds;
        rhythm.add({ pictures: lastRepeats + passedMoving, moved: passedMoving, seconds });
      }
      catchUps.add(hold.catchUp);
      held.add(hold.repeats);
      if (holds++ < firstHolds) levels.add(level);
      if (hold.isFaint) faint++;
      goOn(hold);
      if (startSeconds === firstSeconds) lookBack();
    },
    addDue(hold) {
      const isDue = rhythm.isDue(hold, lastStartSeconds);
      if (isDue) goOn(hold);
      return isDue;
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
      if (holds < fewestHolds || rhythm.gaps < fewestGaps) return own;
      const isPlain = 2 * faint <= holds;
      const hasRhythm = rhythm.isRegular;
      if (isPlain && hasRhythm && (beganWithin() || isNoConversion())) return { isDefect: true, confidence: 0.95 };
      if (!isPlain && !hasRhythm) return own;
      return { isDefect: isLoss(), confidence: hasRhythm ? 0.85 : 0.8 };
    },
  };
}
