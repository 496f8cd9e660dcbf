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
/** What that is worth beside a plain click: in AAC and MP3 it is up to a quarter of the peak. */
const smearShare = 0.4;
/**
 * Codecs that cut off what is above 16 kHz leave less of the residual. There a plain click is known by its wave, which
 * rises so far above the 20 ms on either side. What the residual is around it then counts by this share only. Nothing in the
 * last two seconds may have done the like, because gravel, fire and rain crackle all the time.
 */
const lossyShare = 0.6;
const waveFactor = 2.2;
const waveSideMs = 20;
const pastBlocks = 200;
const likeShare = 1 / 3;
/** A knock rings: so long after its start, its wave is still higher than this share of its crest, and twice what was before it. */
const ringFromMs = 1.2;
const ringToMs = 3;
const ringShare = 0.25;
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
  const past = new Float64Array(pastBlocks + sideBlocks + 3);
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
    past[blocks % past.length] = most;
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

  function crest(from: number, to: number): number {
    let largest = 0;
    for (let i = from; i < to; i++) {
      const value = history[i] as number;
      largest = Math.max(largest, value < 0 ? -value : value);
    }
    return largest;
  }

  function risesAbove(place: number, samplesPerMs: number): boolean {
    const own = crest(Math.round(place - samplesPerMs), Math.round(place + samplesPerMs));
    let louder = 0;
    for (let ms = smearMs; ms < waveSideMs; ms++) {
      const before = Math.round(place - (ms + 1) * samplesPerMs);
      const after = Math.round(place + ms * samplesPerMs);
      if (waveFactor * crest(before, Math.round(before + samplesPerMs)) > own) louder++;
      if (waveFactor * crest(after, Math.round(after + samplesPerMs)) > own) louder++;
    }
    return louder <= 2;
  }

  function rings(place: number, samplesPerMs: number): boolean {
    const from = Math.round(ringFromMs * samplesPerMs);
    const to = Math.round(ringToMs * samplesPerMs);
    const after = crest(place + from, place + to);
    const own = crest(Math.round(place - samplesPerMs), Math.round(place + samplesPerMs));
    return after > ringShare * own && after > 2 * crest(place - Math.round(waveSideMs * samplesPerMs), place - from);
  }

  /** Of the two seconds before the block that is judged, not counting the one next to it. */
  function isUnlikeThePast(peak: number): boolean {
    let alike = 0;
    for (let ago = sideBlocks + 3; ago < past.length; ago++) {
      if (ago < blocks && (past[(blocks - 1 - ago) % past.length] as number) > likeShare * peak) alike++;
    }
    return alike <= 2;
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
    const near = Math.max(most(-nearMs, -smearMs), most(smearMs, nearMs));
    const isPlain = peak >= limits.plainPeak;
    const beside = Math.max(before, after, 1e-6);
    const around = Math.max(beside, isPlain ? near * smearShare : near);
    // What goes on louder than before is the start of a note, not an accident in what was there already.
    const attack = Math.max(1, after / Math.max(before, 1e-6));
    const needed = limits.minProminence * Math.max(1, limits.plainPeak / peak);
    let prominence = peak / around / attack;
    if (prominence < needed) {
      prominence = peak / Math.max(beside, near) / lossyShare;
      if (prominence < needed || !isPlain) return undefined;
      if (!risesAbove(place - 1, samplesPerMs) || !isUnlikeThePast(peak)) return undefined;
    }
    if (rings(place - 1, samplesPerMs)) return undefined;
    const far = Math.round(nearMs * samplesPerMs);
    const close = Math.round(smearMs * samplesPerMs);
    if (power(place - far, place - close) < nothing || power(place + close, place + far) < nothing) return undefined;
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
