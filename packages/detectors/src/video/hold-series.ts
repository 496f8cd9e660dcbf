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
/** Later, another part of the scene may move. */
const firstHolds = 8;
const remembered = 64;
/**
 * Rates between those at which pictures are made, a second: animation, webcams and silent film up to 19.5, film from
 * 23.976, PAL at 25, and 29.97. What is repeated evenly from the start of a stream or shot and leaves one of these is its own cadence.
 */
const unknownRates = [
  [19.6, 23.4],
  [25.6, 29.3],
] as const;

const own: SeriesVerdict = { isDefect: false, confidence: 0 };

export function openHoldSeries(origin: SeriesOrigin): HoldSeries {
  const gaps = new Float64Array(remembered);
  const lengths = new Float64Array(remembered);
  const catchUps = new Float64Array(remembered);
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
  /** Of all gaps without rest. */
  let gapPictures = 0;
  let gapSeconds = 0;
  let gapRepeats = 0;
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
    return gapSeconds > 0 ? (gapPictures - gapRepeats) / gapSeconds : 0;
  }

  /** Every picture shown equally often: that is a lower rate, not a stutter. */
  function isUniform(): boolean {
    const length = typical(lengths, holds);
    return (
      share(lengths, holds, (value) => value === length) >= 0.85 &&
      share(gaps, gapCount, (gap) => gap === length + 1) >= 0.85
    );
  }

  function isRegular(): boolean {
    const gap = typical(gaps, gapCount);
    const leeway = Math.max(1, 0.12 * gap);
    return share(gaps, gapCount, (value) => Math.abs(value - gap) <= leeway) >= 0.75;
  }

  function beganWithin(): boolean {
    const gapsSeconds = (ownGaps * gapSeconds) / gapCount;
    const least = Math.min(ownSeconds, Math.max(leastOwnSeconds, gapsSeconds));
    return origin.clearSeconds >= least && goesOn();
  }

  /** The pictures go on moving as before, each step being as large or, where pictures are missing, larger. */
  function goesOn(): boolean {
    const ratio = typical(levels, Math.min(holds, firstHolds)) / origin.level;
    return ratio >= 0.5 && ratio <= 5;
  }

  /** Motion goes on with a jump where pictures are missing. */
  function jumps(): boolean {
    return typical(catchUps, holds) >= 1.25;
  }

  /** Where every step is the same to a few per cent, a still picture is moved by whole pixels. */
  function isNatural(): boolean {
    const middle = typical(catchUps, holds);
    return share(catchUps, holds, (step) => Math.abs(step - middle) > 0.05 * middle) >= 0.3;
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
        count(gaps, gapCount++, gap);
        gapPictures += gap;
        gapSeconds += lastHeldSeconds + passedSeconds;
        gapRepeats += lastRepeats;
      }
      movingSeconds += passedSeconds;
      allRestSeconds += restedSeconds;
      lastHeldSeconds = hold.endSeconds - hold.startSeconds;
      heldSeconds += lastHeldSeconds;
      count(lengths, holds, hold.repeats);
      count(catchUps, holds, hold.catchUp);
      if (holds < firstHolds) levels[holds] = level;
      holds++;
      repeats += hold.repeats;
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
      if (holds < fewestHolds || gapCount < fewestHolds - 1) return own;
      const begunWithin = beganWithin();
      const isKnown = !unknownRates.some(([from, to]) => rate() >= from && rate() <= to);
      if (!begunWithin && (isKnown || isUniform())) return own;
      if (isRegular()) {
        return { isDefect: begunWithin || jumps() || isNatural(), confidence: begunWithin ? 0.95 : 0.85 };
      }
      const total = movingSeconds + heldSeconds + allRestSeconds;
      const isStopAndGo = movingSeconds < 0.35 * total || allRestSeconds > 0.3 * total;
      return { isDefect: !isStopAndGo && (begunWithin || jumps()), confidence: 0.8 };
    },
  };
}
