// Everything that detectors and meters know about 10 ms of sound, in one call. The host writes the samples, planar, each
// channel behind `history` samples of its own past, and reads the results; nothing is allocated here.

/** Samples of a channel's past kept before its block: the longest half wave that is examined as a whole. */
export const history: i32 = 2048;

// Damaged streams decode to absurd floats, which would stay in the filters' state for seconds. No real signal exceeds
// this (+30 dBFS).
const loudest: f32 = 32;

let channels: i32 = 0;
/** Bytes from one channel's samples to the next one's. */
let stride: usize = 0;
let samplesAt: usize = 0;
/** Interpolated phases between two samples, and taps of each. */
let phases: i32 = 0;
let taps: i32 = 0;
let interpolatorAt: usize = 0;
let kCoefficientsAt: usize = 0;
let kStateAt: usize = 0;
let pairs: i32 = 0;
let pairsAt: usize = 0;
let meanSquareAt: usize = 0;
let samplePeakAt: usize = 0;
let truePeakAt: usize = 0;
let kMeanSquareAt: usize = 0;
let productAt: usize = 0;
let clippingAt: usize = 0;
let clippingStateAt: usize = 0;
let ceilingAt: usize = 0;

/** First byte of memory that the host may lay out. */
export function heapBase(): usize {
  return (__heap_base + 15) & ~15;
}

export function configure(
  channelCount: i32,
  strideBytes: usize,
  samples: usize,
  phaseCount: i32,
  tapCount: i32,
  interpolator: usize,
  kCoefficients: usize,
  kState: usize,
): void {
  channels = channelCount;
  stride = strideBytes;
  samplesAt = samples;
  phases = phaseCount;
  taps = tapCount;
  interpolatorAt = interpolator;
  kCoefficientsAt = kCoefficients;
  kStateAt = kState;
}

export function place(
  meanSquare: usize,
  samplePeak: usize,
  truePeak: usize,
  kMeanSquare: usize,
  pairCount: i32,
  pairTable: usize,
  product: usize,
  clipping: usize,
  clippingState: usize,
  ceiling: usize,
): void {
  meanSquareAt = meanSquare;
  samplePeakAt = samplePeak;
  truePeakAt = truePeak;
  kMeanSquareAt = kMeanSquare;
  pairs = pairCount;
  pairsAt = pairTable;
  productAt = product;
  clippingAt = clipping;
  clippingStateAt = clippingState;
  ceilingAt = ceiling;
}

/** Measures the `count` samples that the host wrote behind each channel's history, then makes them history. */
export function analyse(count: i32): void {
  for (let c = 0; c < channels; c++) {
    const at = samplesAt + <usize>c * stride + (<usize>history << 2);
    level(c, at, count);
    peaks(c, at, count);
    clipping(c, at, count);
  }
  // The filter takes two channels at a time; an odd last one is filtered beside itself.
  for (let c = 0; c < channels; c += 2) weigh(c, min(c + 1, channels - 1), count);
  for (let p = 0; p < pairs; p++) correlate(p, count);
  for (let c = 0; c < channels; c++) {
    const start = samplesAt + <usize>c * stride;
    memory.copy(start, start + (<usize>count << 2), <usize>history << 2);
  }
}

@inline
function horizontal(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

@inline
function largest(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}

/** Mean square and largest magnitude; samples that are no numbers become silence, in place. */
function level(c: i32, at: usize, count: i32): void {
  let sum = f32x4.splat(0);
  let peak = f32x4.splat(0);
  const high = f32x4.splat(loudest);
  const low = f32x4.splat(-loudest);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const p = at + (<usize>i << 2);
    const raw = v128.load(p);
    const v = f32x4.max(f32x4.min(v128.and(raw, f32x4.eq(raw, raw)), high), low);
    v128.store(p, v);
    sum = f32x4.add(sum, f32x4.mul(v, v));
    peak = f32x4.max(peak, f32x4.abs(v));
  }
  let total: f64 = horizontal(sum);
  let top = largest(peak);
  for (; i < count; i++) {
    const p = at + (<usize>i << 2);
    const raw = load<f32>(p);
    const v: f32 = raw == raw ? max(min(raw, loudest), -loudest) : 0;
    store<f32>(p, v);
    total += v * v;
    top = max(top, abs(v));
  }
  store<f64>(meanSquareAt + (<usize>c << 3), total / count);
  store<f64>(samplePeakAt + (<usize>c << 3), top);
}

/** True peak, ITU-R BS.1770-4 Annex 2: the samples themselves and the interpolated phases between them. */
function peaks(c: i32, at: usize, count: i32): void {
  let top = f32x4.splat(0);
  let tail: f32 = 0;
  for (let phase = 0; phase < phases; phase++) {
    const coefficients = interpolatorAt + (<usize>(phase * taps) << 2);
    let i = 0;
    for (; i + 4 <= count; i += 4) {
      let p = at + (<usize>i << 2);
      let sum = f32x4.splat(0);
      for (let t = 0; t < taps; t++) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(p), v128.load32_splat(coefficients + (<usize>t << 2))));
        p -= 4;
      }
      top = f32x4.max(top, f32x4.abs(sum));
    }
    for (; i < count; i++) {
      let p = at + (<usize>i << 2);
      let sum: f32 = 0;
      for (let t = 0; t < taps; t++) {
        sum += load<f32>(p) * load<f32>(coefficients + (<usize>t << 2));
        p -= 4;
      }
      tail = max(tail, abs(sum));
    }
  }
  const between: f64 = max(largest(top), tail);
  store<f64>(truePeakAt + (<usize>c << 3), max(between, load<f64>(samplePeakAt + (<usize>c << 3))));
}

@inline
function settled(state: v128): v128 {
  // What rings on after the sound has gone ends in denormal numbers, which are a hundred times slower.
  return v128.and(state, f64x2.gt(f64x2.abs(state), f64x2.splat(1e-30)));
}

/** K-weighted mean square of two channels side by side, ITU-R BS.1770-4 Annex 1: pre-filter, then RLB filter. */
function weigh(left: i32, right: i32, count: i32): void {
  const l = samplesAt + <usize>left * stride + (<usize>history << 2);
  const r = samplesAt + <usize>right * stride + (<usize>history << 2);
  const b0 = v128.load64_splat(kCoefficientsAt);
  const b1 = v128.load64_splat(kCoefficientsAt, 8);
  const b2 = v128.load64_splat(kCoefficientsAt, 16);
  const a1 = v128.load64_splat(kCoefficientsAt, 24);
  const a2 = v128.load64_splat(kCoefficientsAt, 32);
  const gain = v128.load64_splat(kCoefficientsAt, 40);
  const d1 = v128.load64_splat(kCoefficientsAt, 48);
  const d2 = v128.load64_splat(kCoefficientsAt, 56);
  const state = kStateAt + (<usize>(left >> 1) << 6);
  let s1 = v128.load(state);
  let s2 = v128.load(state, 16);
  let t1 = v128.load(state, 32);
  let t2 = v128.load(state, 48);
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < <usize>count << 2; i += 4) {
    const x = f64x2.replace_lane(f64x2.splat(load<f32>(l + i)), 1, load<f32>(r + i));
    const y = f64x2.add(f64x2.mul(b0, x), s1);
    s1 = f64x2.add(f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y)), s2);
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    // The RLB filter's numerator is gain × (1, −2, 1).
    const u = f64x2.mul(gain, y);
    const z = f64x2.add(u, t1);
    t1 = f64x2.sub(f64x2.sub(t2, f64x2.add(u, u)), f64x2.mul(d1, z));
    t2 = f64x2.sub(u, f64x2.mul(d2, z));
    sum = f64x2.add(sum, f64x2.mul(z, z));
  }
  v128.store(state, settled(s1));
  v128.store(state, settled(s2), 16);
  v128.store(state, settled(t1), 32);
  v128.store(state, settled(t2), 48);
  store<f64>(kMeanSquareAt + (<usize>left << 3), f64x2.extract_lane(sum, 0) / count);
  if (right != left) store<f64>(kMeanSquareAt + (<usize>right << 3), f64x2.extract_lane(sum, 1) / count);
}

/** Mean product of a pair of channels. */
function correlate(pair: i32, count: i32): void {
  const entry = pairsAt + (<usize>pair << 3);
  const a = samplesAt + <usize>load<i32>(entry) * stride + (<usize>history << 2);
  const b = samplesAt + <usize>load<i32>(entry, 4) * stride + (<usize>history << 2);
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const o = <usize>i << 2;
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + o), v128.load(b + o)));
  }
  let total: f64 = horizontal(sum);
  for (; i < count; i++) total += load<f32>(a + (<usize>i << 2)) * load<f32>(b + (<usize>i << 2));
  store<f64>(productAt + (<usize>pair << 3), total / count);
}

// What a channel's clipping state holds between blocks.
const CEILING: usize = 0; // f32: slowly falling largest magnitude
const RUN: usize = 4; // i32: samples so far within a rounding error of their predecessors
const ENDED: usize = 8; // i32: length of a run that ended one sample ago, else 0
const HALF: usize = 12; // i32: samples since the last change of sign
const PEAK: usize = 16; // f32: largest magnitude among them
const LENGTHS: usize = 20; // 2 × i32: lengths of the last square tops, above and below zero
const HALVES: usize = 28; // 2 × i32: lengths of the half waves that had them
/** Bytes of all that. */
export const clippingStateBytes: i32 = 40;

/** By which the ceiling falls per 10 ms: 6 dB in 5 s. */
const fall: f32 = 0.998614706;
/** What a damaged stream decodes to is louder than this (+12 dBFS), and is no clipping. */
const absurd: f32 = 4;
/** Nothing is looked for below −40 dBFS, where rounding to 16 bits flattens everything. */
const floor: f32 = 0.01;
/** Lossy codecs overshoot where clipping begins, by up to 4 dB: square tops lie as far below the largest magnitude. */
const squareShare: f32 = 0.6;
/** Half waves of fewer samples have the same length by chance. */
const shortestWave: i32 = 32;
/** One step of 16-bit sound, and a little for the arithmetic that follows a clip. */
const step: f32 = 1.05 / 32768;

/**
 * Tops cut off at the ceiling: exact ones (`flat`), and those whose edges a lossy codec has rounded (`square`). Writes flat
 * tops, square tops, and how many of the square tops repeat the one before.
 */
function clipping(c: i32, at: usize, count: i32): void {
  const state = clippingStateAt + <usize>c * clippingStateBytes;
  const results = clippingAt + <usize>c * 12;
  const peak = <f32>load<f64>(samplePeakAt + (<usize>c << 3));
  const ceiling = max(load<f32>(state, CEILING) * fall, peak < absurd ? peak : 0);
  store<f32>(state, ceiling, CEILING);
  store<f64>(ceilingAt + (<usize>c << 3), ceiling);
  let run = load<i32>(state, RUN);
  let ended = load<i32>(state, ENDED);
  let half = load<i32>(state, HALF);
  let top = load<f32>(state, PEAK);
  let flat = 0;
  let square = 0;
  let squareRepeats = 0;
  let before = load<f32>(at - 4);
  for (let i = 0; i < count; i++) {
    const p = at + (<usize>i << 2);
    const v = load<f32>(p);
    const magnitude = abs(v);
    if (ended != 0) {
      flat += i32(isFlatTop(p, ended, ceiling));
      ended = 0;
    }
    if (abs(v - before) <= max(step, magnitude * (1.0 / 4096))) {
      run++;
    } else {
      if (run >= 3) ended = run;
      run = 1;
    }
    if ((v < 0) != (before < 0)) {
      if (top >= floor && top >= squareShare * ceiling && top < absurd) {
        const wide = squareness(p, half, top);
        if (wide != 0) {
          square++;
          const sameTop = repeats(state + LENGTHS, before < 0, wide, 4);
          const sameWave = repeats(state + HALVES, before < 0, half, 5);
          squareRepeats += i32(sameTop || (sameWave && half >= shortestWave));
        }
      }
      half = 0;
      top = 0;
    }
    half++;
    top = max(top, magnitude);
    before = v;
  }
  store<i32>(state, run, RUN);
  store<i32>(state, ended, ENDED);
  store<i32>(state, half, HALF);
  store<f32>(state, top, PEAK);
  store<i32>(results, flat);
  store<i32>(results, square, 4);
  store<i32>(results, squareRepeats, 8);
}

/**
 * Whether a length is that of the one before it on its side of zero, to within one part in 2 to the power of `bits`.
 * Oscillators repeat themselves, and so tell a pulse wave, which is meant to be square, from programme that was clipped:
 * by the length of the top, and where a lossy codec has blurred that, by the length of the half wave.
 */
function repeats(lengths: usize, below: bool, length: i32, bits: i32): bool {
  const at = lengths + (<usize>below << 2);
  const previous = load<i32>(at);
  store<i32>(at, length);
  return abs(length - previous) <= length >> bits;
}

/**
 * Whether the run of `length` samples that ends two samples before `p` is a top at the ceiling with a sharp edge on
 * both sides. A slow wave's crest is flat to within a rounding error too, but it does not fall off within two samples.
 */
function isFlatTop(p: usize, length: i32, ceiling: f32): bool {
  if (length > history - 8) return false;
  const last = load<f32>(p - 8);
  const sign: f32 = last < 0 ? -1 : 1;
  const height = last * sign;
  if (height < floor || height < 0.99 * ceiling || height >= absurd) return false;
  const first = p - 8 - (<usize>(length - 1) << 2);
  const drop: f32 = max<f32>(<f32>8 * step, height * <f32>(1.0 / 128));
  return isCut(height, load<f32>(first - 4) * sign, load<f32>(first - 8) * sign, drop) &&
    isCut(height, load<f32>(p - 4) * sign, load<f32>(p) * sign, drop);
}

/**
 * Whether one edge of a flat top, of which the two samples beside it are given, is sharp and yet a slope: clipping ends a
 * slope early, so the last step to the top is no larger than the one before it. A pulse wave's edge is a single step.
 */
function isCut(height: f32, beside: f32, next: f32, drop: f32): bool {
  return beside < height && height - next >= drop && beside - next >= <f32>0.5 * (height - beside);
}

/**
 * Samples above 80% of the peak in the half wave of `length` samples that ends before `p`, if they are more than 75% of
 * those above 40%: a sine has 56%, one cut off 3 dB below its height 75%, one cut off at half its height 85%. Else 0, and
 * 0 for waves too short to tell.
 */
function squareness(p: usize, length: i32, peak: f32): i32 {
  if (length < 6 || length > history - 8) return 0;
  const high = 0.8 * peak;
  const low = 0.4 * peak;
  let above = 0;
  let body = 0;
  for (let q = p - (<usize>length << 2); q < p; q += 4) {
    const magnitude = abs(load<f32>(q));
    above += i32(magnitude >= high);
    body += i32(magnitude >= low);
  }
  // Nothing between the levels is the single step of a pulse wave, unless the wave is too fast for its slopes to show.
  if (body == above && length >= 24) return 0;
  return body >= 6 && <f32>above > 0.75 * <f32>body ? above : 0;
}
