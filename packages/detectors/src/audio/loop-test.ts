/** Sound that repeats itself: `to` is where the likeness ends so far, both counted in samples of the history. */
export interface Loop {
  readonly lag: number;
  /** From here on the sound is like what was `lag` before. */
  readonly from: number;
  /** Mean square of the part that repeats. */
  readonly power: number;
}

export interface LoopLimits {
  /** Of a stretch of 5 ms with the one a lag before. */
  readonly minCorrelation: number;
  readonly minRepeats: number;
  readonly sampleRate: number;
}

/** Below this the repeats are too short to be told from the pitch of a low voice, seconds. */
const leastSeconds = 0.06;
/** A tone repeats itself at once; what was cut out of a programme does not. */
const maxInnerCorrelation = 0.9;
/** Sound that has only begun is no programme that was interrupted, seconds. */
const programmeSeconds = 0.25;
/** Before the loop the programme went on: no less than 15 dB below it. */
const programmeShare = 0.03;
/**
 * What is repeated is repeated up to the treble: second differences correlated by 0.14 and more after AAC at 64 and 128 kbit/s. The
 * noise of a string does not come back with its note: below 0.08.
 */
const minTrebleCorrelation = 0.12;
/** What stood where the repeat now stands is unlike it. */
const maxCorrelationBefore = 0.6;

/** Correlation of two stretches of the history. */
export function correlation(history: Float32Array, a: number, b: number, length: number, step = 1): number {
  let product = 0;
  let one = 0;
  let other = 0;
  for (let i = 0; i < length; i += step) {
    const x = history[a + i] as number;
    const y = history[b + i] as number;
    product += x * y;
    one += x * x;
    other += y * y;
  }
  return one > 0 && other > 0 ? (2 * product) / (one + other) : 0;
}

/** As `correlation`, of second differences. */
function trebleCorrelation(history: Float32Array, a: number, b: number, length: number): number {
  let product = 0;
  let energy = 0;
  for (let i = 0; i < length; i++) {
    const x = bend(history, a + i);
    const y = bend(history, b + i);
    product += x * y;
    energy += x * x + y * y;
  }
  return energy > 0 ? (2 * product) / energy : 0;
}

function bend(history: Float32Array, i: number): number {
  return (history[i] as number) - 2 * (history[i - 1] as number) + (history[i - 2] as number);
}

function powerOf(history: Float32Array, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += (history[i] as number) ** 2;
  return sum / length;
}

function refined(history: Float32Array, end: number, lag: number): number {
  const length = Math.min(lag, 1024);
  let best = lag;
  let most = -1;
  for (let candidate = lag - 3; candidate <= lag + 3; candidate++) {
    const value = correlation(history, end - length, end - length - candidate, length);
    if (value > most) {
      most = value;
      best = candidate;
    }
  }
  return best;
}

/** The largest correlation of the repeated part with itself, turned by less than the whole. */
function innerCorrelation(history: Float32Array, end: number, lag: number, shortest: number): number {
  const step = Math.max(1, Math.round(lag / 400));
  const turn = Math.max(1, Math.round(lag / 800));
  let most = 0;
  for (let shift = shortest; shift <= lag / 2; shift += turn) {
    most = Math.max(most, correlation(history, end - lag, end - lag - shift, lag, step));
  }
  return most;
}

/** Whether the history up to `end` is a loop of about `lag` samples that began out of something else. */
export function findLoop(history: Float32Array, end: number, lag: number, limits: LoopLimits): Loop | undefined {
  const { minCorrelation, minRepeats, sampleRate } = limits;
  const stretch = Math.max(1, Math.round(0.005 * sampleRate));
  const exact = refined(history, end, lag);
  let from = end;
  while (from - stretch - exact >= stretch) {
    if (correlation(history, from - stretch, from - stretch - exact, stretch) < minCorrelation) break;
    from -= stretch;
  }
  const length = end - from;
  if (length < minRepeats * exact - stretch || length < leastSeconds * sampleRate) return undefined;
  const before = from - 3 * stretch;
  if (before - exact < programmeSeconds * sampleRate || end - 3 * exact < 2) return undefined;
  if (correlation(history, before, before - exact, 2 * stretch) > maxCorrelationBefore) return undefined;
  if (trebleCorrelation(history, end - 2 * exact, end - 3 * exact, 2 * exact) < minTrebleCorrelation) return undefined;
  const power = powerOf(history, end - exact, exact);
  if (powerOf(history, from - exact - 2 * stretch, 2 * stretch) < programmeShare * power) return undefined;
  if (innerCorrelation(history, end, exact, Math.round(0.001 * sampleRate)) > maxInnerCorrelation) return undefined;
  return { lag: exact, from, power };
}
