import type { Hold } from "./hold-finder.ts";
import { openRecentValues } from "./recent-values.ts";

/** From one hold to the next. */
export interface HoldGap {
  readonly pictures: number;
  /** Of them, those that moved. */
  readonly moved: number;
  readonly seconds: number;
}

/** How regularly holds come. */
export interface HoldRhythm {
  add(gap: HoldGap): void;
  /** How many were added. */
  readonly gaps: number;
  readonly usual: HoldGap;
  readonly isRegular: boolean;
  /** Different pictures a second. */
  readonly distinctPerSecond: number;
  /** The rhythm is known, and has this hold one gap or two away from another. */
  isDue(hold: Hold, otherStartSeconds: number): boolean;
}

const remembered = 64;
/** Gaps longer than this share of the usual one hold a repeat that was not seen. */
const wholeGap = 1.5;
const regularShare = 0.75;
/** By how much the gaps of a rhythm differ, in pictures or as a share. */
const regularPictures = 1;
const regularLeeway = 0.12;
/** With so many gaps a rhythm is known, and when a hold is due: give or take so many pictures or so much of a gap. */
const fewestGaps = 3;
const duePictures = 0.6;
const dueShare = 0.06;
/** A hold in between may not have been seen. */
const mostGaps = 2;

export function openHoldRhythm(): HoldRhythm {
  const pictures = openRecentValues(remembered);
  const moved = openRecentValues(remembered);
  const seconds = openRecentValues(remembered);
  let gaps = 0;

  function isRegular(): boolean {
    const usual = pictures.median();
    const leeway = Math.max(regularPictures, regularLeeway * usual);
    return pictures.share((value) => Math.abs(value - usual) <= leeway) >= regularShare;
  }

  return {
    add(gap) {
      pictures.add(gap.pictures);
      moved.add(gap.moved);
      seconds.add(gap.seconds);
      gaps++;
    },
    get gaps() {
      return gaps;
    },
    get usual() {
      return { pictures: pictures.median(), moved: moved.median(), seconds: seconds.median() };
    },
    get isRegular() {
      return isRegular();
    },
    get distinctPerSecond() {
      const longest = wholeGap * pictures.median();
      const allPictures = pictures.values();
      const isWhole = (_: number, index: number) => (allPictures[index] as number) <= longest;
      const total = (values: Float64Array) => values.filter(isWhole).reduce((sum, value) => sum + value, 0);
      return gaps > 0 ? total(moved.values()) / total(seconds.values()) : 0;
    },
    isDue(hold, otherStartSeconds) {
      if (gaps < fewestGaps || !isRegular()) return false;
      const usualSeconds = seconds.median();
      const apart = Math.abs(hold.startSeconds - otherStartSeconds);
      const between = Math.round(apart / usualSeconds);
      if (between < 1 || between > mostGaps) return false;
      const pictureSeconds = (hold.endSeconds - hold.startSeconds) / hold.repeats;
      return (
        Math.abs(apart - between * usualSeconds) <= Math.max(duePictures * pictureSeconds, dueShare * usualSeconds)
      );
    },
  };
}
