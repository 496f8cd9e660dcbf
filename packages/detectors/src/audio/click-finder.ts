/** An impulse in the sound of one channel. */
export interface Click {
  readonly timeSeconds: number;
  /** Of the residual: what a straight prediction from the three samples before leaves; full scale being 1. */
  readonly peak: number;
  /** How far the peak stands out of the residual of the 40 ms around it, as a factor. */
  readonly prominence: number;
}

export interface ClickLimits {
  readonly minProminence: number;
  /** Below this peak, what stands out has to do so by as much more as the peak is smaller. */
  readonly plainPeak: number;
}

/** Finds the clicks of one channel, 50 ms later. */
export interface ClickFinder {
  /** Takes a block: the first `count` samples. */
  push(samples: Float32Array, count: number, timeSeconds: number, sampleRate: number): Click | undefined;
  restart(): void;
}

/** Blocks of 10 ms that are looked at before and after the one that is judged. */
const sideBlocks = 4;
const keptBlocks = 2 * sideBlocks + 3;
const roomBlocks = 64;
const sideMs = 40;
/** What a lossy codec smears about a click reaches so far; what a drum does afterwards, further. */
const nearMs = 6;
const smearMs = 2;
/** A largest residual of so many times the mean is worth a look: noise has up to 5, and voices up to 8. */
const noteworthy = 8;
/** Inaudible: −54 dBFS, as a peak of the residual. */
const faintPeak = 0.002;
/** Mean square, −60 dBFS: where there is nothing on one side, it is the edge of a gap or of the sound. */
const nothing = 1e-6;

export function openClickFinder(limits: ClickLimits): ClickFinder {
  let history = new Float32Array();
  let blockSamples = 0;
  let filled = 0;
  /** Of the latest blocks: largest and mean residual, and where the largest is. */
  const largest = new Float64Array(keptBlocks);
  const means = new Float64Array(keptBlocks);
  const places = new Int32Array(keptBlocks);
  let blocks = 0;
  const perMs = new Float64Array(2 * sideMs + 1);

  function residual(i: number): number {
    const value =
      (history[i] as number) -
      3 * (history[i - 1] as number) +
      3 * (history[i - 2] as number) -
      (history[i - 3] as number);
    return value < 0 ? -value : value;
  }

  function append(samples: Float32Array, count: number): void {
    if (filled + samples.length > history.length) {
      const kept = keptBlocks * blockSamples;
      history.copyWithin(0, filled - kept, filled);
      for (let k = 0; k < keptBlocks; k++) places[k] = (places[k] as number) - (filled - kept);
      filled = kept;
    }
    // The whole array, because a part of it would be an object for each block; what is too much is overwritten.
    history.set(samples, filled);
    const slot = blocks % keptBlocks;
    let most = 0;
    let place = filled;
    let sum = 0;
    let a = filled > 2 ? (history[filled - 1] as number) : 0;
    let b = filled > 2 ? (history[filled - 2] as number) : 0;
    let c = filled > 2 ? (history[filled - 3] as number) : 0;
    for (let i = filled; i < filled + count; i++) {
      const value = history[i] as number;
      const difference = value - c - 3 * (a - b);
      const size = difference < 0 ? -difference : difference;
      c = b;
      b = a;
      a = value;
      sum += size;
      if (size > most) {
        most = size;
        place = i;
      }
    }
    largest[slot] = most;
    means[slot] = sum / count;
    places[slot] = place;
    filled += count;
    blocks++;
  }

  function measure(place: number, samplesPerMs: number): void {
    for (let ms = -sideMs; ms <= sideMs; ms++) {
      const from = Math.max(3, Math.round(place + (ms - 0.5) * samplesPerMs));
      const to = Math.min(filled, Math.round(place + (ms + 0.5) * samplesPerMs));
      let most = 0;
      for (let i = from; i < to; i++) most = Math.max(most, residual(i));
      perMs[ms + sideMs] = most;
    }
  }

  /** The third largest of the milliseconds of a side: two more clicks beside this one do not hide it. */
  function third(fromMs: number, toMs: number): number {
    let first = 0;
    let second = 0;
    let last = 0;
    for (let ms = fromMs; ms <= toMs; ms++) {
      const value = perMs[ms + sideMs] as number;
      if (value > first) {
        last = second;
        second = first;
        first = value;
      } else if (value > second) {
        last = second;
        second = value;
      } else if (value > last) last = value;
    }
    return last;
  }

  function most(fromMs: number, toMs: number): number {
    let largest = 0;
    for (let ms = fromMs; ms <= toMs; ms++) largest = Math.max(largest, perMs[ms + sideMs] as number);
    return largest;
  }

  function power(from: number, to: number): number {
    let sum = 0;
    for (let i = from; i < to; i++) sum += (history[i] as number) ** 2;
    return sum / (to - from);
  }

  function judge(slot: number, originSeconds: number, sampleRate: number): Click | undefined {
    const peak = largest[slot] as number;
    if (peak < faintPeak || peak < noteworthy * (means[slot] as number)) return undefined;
    const place = places[slot] as number;
    const samplesPerMs = sampleRate / 1000;
    measure(place - 1, samplesPerMs);
    const before = third(-sideMs, -smearMs - 1);
    const after = third(smearMs + 1, sideMs);
    const around = Math.max(before, after, most(-nearMs, -smearMs), most(smearMs, nearMs), 1e-6);
    // What goes on louder than before is the start of a note, not an accident in what was there already.
    const attack = Math.max(1, after / Math.max(before, 1e-6));
    const prominence = peak / around / attack;
    if (prominence < limits.minProminence * Math.max(1, limits.plainPeak / peak)) return undefined;
    const near = Math.round(nearMs * samplesPerMs);
    const smear = Math.round(smearMs * samplesPerMs);
    if (power(place - near, place - smear) < nothing || power(place + smear, place + near) < nothing) return undefined;
    return { timeSeconds: originSeconds + (place - 1) / sampleRate, peak, prominence };
  }

  return {
    push(samples, count, timeSeconds, sampleRate) {
      if (samples.length !== blockSamples) {
        blockSamples = samples.length;
        history = new Float32Array(roomBlocks * blockSamples);
        filled = 0;
        blocks = 0;
      }
      append(samples, count);
      if (blocks < keptBlocks) return undefined;
      return judge((blocks - sideBlocks - 2) % keptBlocks, timeSeconds - (filled - count) / sampleRate, sampleRate);
    },
    restart() {
      filled = 0;
      blocks = 0;
    },
  };
}
