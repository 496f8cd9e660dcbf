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
/** Pictures from one jump to the next, where pictures are left out evenly. Closer ones hide one another. */
const shortestPeriod = 4;
const longestPeriod = 50;
const leastInPeriod = 5;
/** Of the jumps that the period has in the time between first and last; the others lie where motion hides them. */
const leastOfExpected = 0.4;
/** Of all jumps in that time. */
const leastOfAll = 0.5;
/** Natural clips, hand-held ones among them, had up to 4 in 10 s, and in 4 % of the pictures in steady motion. */
const leastUneven = 8;
const leastUnevenShare = 0.08;
/** Where the clock leaves room for them there is no doubt; three in 10 s are no accident. */
const leastWithGap = 3;

export function openJumpPatterns(): JumpPatterns {
  const times = new Float64Array(kept);
  const indexes = new Float64Array(kept);
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

  function periodic(among: readonly number[], latest: Jump): JumpPattern | undefined {
    let best: JumpPattern | undefined;
    for (let period = shortestPeriod; period <= longestPeriod; period++) {
      const members = among.filter((at) => (latest.index - (indexes[at] as number)) % period === 0);
      if (members.length < leastInPeriod || members.length <= (best?.jumps ?? 0)) continue;
      const first = members.at(-1) as number;
      const expected = (latest.index - (indexes[first] as number)) / period + 1;
      const all = among.filter((at) => (indexes[at] as number) >= (indexes[first] as number)).length;
      if (members.length < leastOfExpected * expected || members.length < leastOfAll * all) continue;
      best = { startSeconds: times[first] as number, jumps: members.length, confidence: 0.85 };
    }
    return best;
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
      indexes[at] = jump.index;
      gaps[at] = jump.hasGap ? 1 : 0;
      const among = [...recent(jump.timeSeconds)];
      const withGap = among.filter((each) => gaps[each] === 1);
      const earliest = (members: readonly number[]) => times[members.at(-1) as number] as number;
      if (jump.hasGap && withGap.length >= leastWithGap) {
        return { startSeconds: earliest(withGap), jumps: withGap.length, confidence: 0.9 };
      }
      const even = periodic(among, jump);
      if (even) return even;
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
