import type { Jump } from "./jump-finder.ts";

/** Jumps of the last seconds that, together, are pictures missing. */
export interface JumpPattern {
  /** Of the first of them. */
  readonly startSeconds: number;
  readonly jumps: number;
  readonly confidence: number;
}

/** Tells pictures that are missing again and again from a hand that shakes. */
export interface JumpPatterns {
  add(jump: Jump): JumpPattern | undefined;
  /** Call for each picture in steady motion. */
  passSteady(timeSeconds: number): void;
  forget(): void;
}

const windowSeconds = 10;
const kept = 64;
/** Natural clips, hand-held ones among them, had up to 4 in 10 s, and in 4 % of the pictures in steady motion. */
const leastUneven = 8;
const leastUnevenShare = 0.08;
/** Where the clock leaves room for them there is no doubt; three in 10 s are no accident. */
const leastWithGap = 3;

export function openJumpPatterns(): JumpPatterns {
  const times = new Float64Array(kept);
  const gaps = new Uint8Array(kept);
  const steadyTimes = new Float64Array(1024);
  let count = 0;
  let steadyCount = 0;
  let forgottenSeconds = Number.NEGATIVE_INFINITY;

  function* recent(nowSeconds: number): Generator<number> {
    for (let back = 0; back < Math.min(count, kept); back++) {
      const at = (count - 1 - back) % kept;
      const timeSeconds = times[at] as number;
      if (timeSeconds < nowSeconds - windowSeconds || timeSeconds <= forgottenSeconds) return;
      yield at;
    }
  }

  function steadyPictures(nowSeconds: number): number {
    let pictures = 0;
    for (let back = 0; back < Math.min(steadyCount, steadyTimes.length); back++) {
      const at = (steadyCount - 1 - back) % steadyTimes.length;
      if ((steadyTimes[at] as number) < nowSeconds - windowSeconds) break;
      pictures++;
    }
    return pictures;
  }

  return {
    add(jump) {
      const at = count++ % kept;
      times[at] = jump.timeSeconds;
      gaps[at] = jump.hasGap ? 1 : 0;
      const among = [...recent(jump.timeSeconds)];
      const withGap = among.filter((each) => gaps[each] === 1);
      const earliest = (members: readonly number[]) => times[members.at(-1) as number] as number;
      if (jump.hasGap && withGap.length >= leastWithGap) {
        return { startSeconds: earliest(withGap), jumps: withGap.length, confidence: 0.9 };
      }
      const share = among.length / Math.max(1, steadyPictures(jump.timeSeconds));
      if (among.length < leastUneven || share < leastUnevenShare) return undefined;
      return { startSeconds: earliest(among), jumps: among.length, confidence: 0.7 };
    },
    passSteady(timeSeconds) {
      steadyTimes[steadyCount++ % steadyTimes.length] = timeSeconds;
    },
    forget() {
      forgottenSeconds = count > 0 ? (times[(count - 1) % kept] as number) : forgottenSeconds;
    },
  };
}
