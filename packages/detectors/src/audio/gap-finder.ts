/** A hole in the sound of one channel: where it is, and how deep. */
export interface Gap {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Mean square of the 40 ms before it, of the 40 ms after it, and within it. */
  readonly before: number;
  readonly after: number;
  readonly within: number;
}

export interface GapLimits {
  readonly minMilliseconds: number;
  readonly maxMilliseconds: number;
  /** Mean square that a gap lies below. */
  readonly quiet: number;
  /** Mean square that both sides lie above. */
  readonly sounding: number;
}

/** Finds the gaps of one channel, a second after their end. */
export interface GapFinder {
  /** Takes a block: the first `count` samples. */
  push(samples: Float32Array, count: number, timeSeconds: number, durationSeconds: number): readonly Gap[] | undefined;
  /** Whether, in a stretch of the last seconds, nothing sounded or far less than just before. */
  isQuiet(startSeconds: number, endSeconds: number): boolean;
  restart(): void;
}

interface Hole {
  readonly from: number;
  readonly to: number;
}

/** What is told of either side of a gap, in ms: Essentia's gap detector takes 40. */
const sideMs = 40;
/** What a gap is judged against: one period of a low voice. Longer, and the end of a syllable would hide a gap after it. */
const nearMs = 10;
/** The edges of a gap are where the level crosses this, as a share of the power beside it: −20 dB. */
const edgeShare = 0.01;
/** Over this long at its edges, a gap falls and rises. */
const cliffMs = 5;
/**
 * By so much the loudest ms falls at the edge: 16 dB. A vowel's formants ring out at less than 3 dB a ms, and what a
 * lossy codec smears into a gap starts about 20 dB down.
 */
const cliffShare = 0.025;
/** A gap lies at least so far below what is beside it, on the whole: 20 dB. Opus fills it with no more than that. */
const residueShare = 0.01;
/** A channel that falls by so much, 12 dB, takes part in the gap of another. */
const fallenShare = 0.06;
/** For how long the pauses around a gap are looked at. */
const contextMs = 1000;
/** Sound that is off for more than this share of the second before or after, abruptly, is keyed: beeps, Morse, a gate. */
const keyedShare = 0.15;
/** What is quiet on both sides for more than this share of the time is no programme that was interrupted. */
const quietShare = 0.5;
/** A power of two above the longest gap and its surroundings. */
const keptMs = 8192;

/** Time is counted in milliseconds since the last restart. */
export function openGapFinder(limits: GapLimits): GapFinder {
  const energy = new Float64Array(keptMs);
  const mask = keptMs - 1;
  /** Number of the next millisecond, and when number 0 began. */
  let now = 0;
  let originSeconds = 0;
  /** Over the last 10 ms. */
  let sum = 0;
  let start = -1;
  let startPower = 0;
  /** Over the gap so far. */
  let gapSum = 0;
  /** Whose other side is still to come. */
  let candidates: readonly Hole[] = [];
  /** With an abrupt end on both sides, of the last seconds. */
  let holes: readonly Hole[] = [];

  const at = (ms: number) => energy[ms & mask] as number;

  function loudest(from: number, to: number): number {
    let most = 0;
    for (let ms = from; ms < to; ms++) most = Math.max(most, at(ms));
    return most;
  }

  function mean(from: number, to: number): number {
    let total = 0;
    for (let ms = from; ms < to; ms++) total += at(ms);
    return total / (to - from);
  }

  function step(power: number): void {
    energy[now & mask] = power;
    if (start >= 0) {
      const length = now - start;
      // What comes back may be quieter than what broke off.
      const isBack =
        power >= 2 * edgeShare * startPower || (power >= limits.sounding && power * edgeShare * length > gapSum);
      if (isBack) {
        if (length >= limits.minMilliseconds) candidates = [...candidates, { from: start, to: now }];
        start = -1;
      } else if (length > limits.maxMilliseconds) start = -1;
      gapSum += power;
    } else if (now >= sideMs && power * nearMs < sum * edgeShare && sum > limits.sounding * nearMs) {
      start = now;
      startPower = sum / nearMs;
      gapSum = power;
    }
    sum = Math.max(0, sum + power - (now >= nearMs ? at(now - nearMs) : 0));
    now++;
  }

  function isAbrupt({ from, to }: Hole): boolean {
    const quieter = Math.min(mean(from - nearMs, from), mean(to, to + nearMs));
    if (quieter < limits.sounding) return false;
    const last = loudest(from - cliffMs, from);
    const first = loudest(to, to + cliffMs);
    if (loudest(from + 1, from + 1 + cliffMs) > last * cliffShare) return false;
    if (loudest(to - 1 - cliffMs, to - 1) > first * cliffShare) return false;
    if (mean(from + 1, to - 1) > quieter * residueShare) return false;
    const quiet = Math.max(limits.quiet, quieter * residueShare);
    let low = 0;
    for (let ms = from + 1; ms < to - 1; ms++) if (at(ms) < quiet) low++;
    return low >= 0.7 * (to - from - 2);
  }

  function quietPart(from: number, to: number): number {
    let quiet = 0;
    // By tens of milliseconds, because within a low note there are quiet ones.
    for (let ms = from; ms + 10 <= to; ms += 10) if (loudest(ms, ms + 10) < limits.quiet) quiet += 10;
    return to > from ? quiet / (to - from) : 1;
  }

  /** Share of a stretch that other gaps take up. */
  function otherGaps(from: number, to: number): number {
    let total = 0;
    for (const hole of holes) total += Math.max(0, Math.min(hole.to, to) - Math.max(hole.from, from));
    return to > from ? total / (to - from) : 0;
  }

  function isInterruption({ from, to }: Hole): boolean {
    const earliest = Math.max(0, from - contextMs);
    const latest = Math.min(now, to + contextMs);
    if (Math.max(otherGaps(earliest, from), otherGaps(to, latest)) > keyedShare) return false;
    return Math.min(quietPart(earliest, from), quietPart(to, latest)) <= quietShare;
  }

  function gapOf({ from, to }: Hole): Gap {
    return {
      startSeconds: originSeconds + from / 1000,
      endSeconds: originSeconds + to / 1000,
      before: mean(from - sideMs, from),
      after: mean(to, to + sideMs),
      within: mean(from + 1, to - 1),
    };
  }

  function verify(): void {
    const ripe = candidates.filter(({ to }) => now - to >= sideMs);
    if (ripe.length === 0) return;
    candidates = candidates.filter(({ to }) => now - to < sideMs);
    holes = [...holes.filter(({ to }) => now - to < 4 * contextMs), ...ripe.filter(isAbrupt)];
  }

  return {
    push(samples, count, timeSeconds, durationSeconds) {
      originSeconds = timeSeconds - now / 1000;
      const before = now;
      const steps = Math.max(1, Math.round(durationSeconds * 1000));
      let i = 0;
      for (let k = 1; k <= steps; k++) {
        const end = k === steps ? count : Math.round((k * count) / steps);
        const from = i;
        let total = 0;
        for (; i < end; i++) {
          const value = samples[i] as number;
          total += value * value;
        }
        step(i > from ? total / (i - from) : 0);
      }
      if (candidates.length > 0) verify();
      if (holes.length === 0) return undefined;
      const told = holes.filter(({ to }) => now - to >= contextMs && before - to < contextMs).filter(isInterruption);
      return told.length > 0 ? told.map(gapOf) : undefined;
    },
    isQuiet(startSeconds, endSeconds) {
      const from = Math.max(nearMs, now - keptMs + nearMs, Math.round((startSeconds - originSeconds) * 1000));
      const to = Math.min(now, Math.round((endSeconds - originSeconds) * 1000));
      return mean(from + 2, to - 2) < Math.max(limits.quiet, mean(from - nearMs, from) * fallenShare);
    },
    restart() {
      now = 0;
      sum = 0;
      start = -1;
      candidates = [];
      holes = [];
    },
  };
}
