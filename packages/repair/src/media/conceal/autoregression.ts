/**
 * Restores missing samples from those around them, as Janssen, Veldhuis and Vries have it ("Adaptive interpolation of
 * discrete-time signals that can be modeled as autoregressive processes", IEEE Trans. ASSP 34(2), 1986): the coefficients
 * of a linear predictor are estimated, then the missing samples such that the predictor's error over all is least, and
 * both again with what came of it.
 */
export interface Interpolation {
  readonly order: number;
  readonly rounds: number;
}

/**
 * @param signal what surrounds the gap, the gap included; its content there counts for nothing
 * @param from first missing sample
 * @param to first sample after the gap; both sides have to be longer than the order
 * @returns the missing samples
 */
export function interpolate(
  signal: Float32Array,
  from: number,
  to: number,
  { order, rounds }: Interpolation,
): Float64Array {
  const work = Float64Array.from(signal);
  work.fill(0, from, to);
  for (let round = 0; round < rounds; round++) solveGap(work, from, to, predictor(work, order));
  return work.slice(from, to);
}

/** Prediction error filter, a[0] = 1, by the autocorrelation method and Levinson's recursion. */
export function predictor(signal: Float64Array, order: number): Float64Array {
  const correlation = autocorrelation(signal, order);
  // White noise 90 dB down keeps the recursion stable on pure tones.
  let error = (correlation[0] as number) * (1 + 1e-9) + 1e-12;
  const a = new Float64Array(order + 1);
  const before = new Float64Array(order + 1);
  a[0] = 1;
  for (let i = 1; i <= order; i++) {
    let sum = correlation[i] as number;
    for (let j = 1; j < i; j++) sum += (a[j] as number) * (correlation[i - j] as number);
    const reflection = -sum / error;
    before.set(a);
    for (let j = 1; j <= i; j++) a[j] = (before[j] as number) + reflection * (before[i - j] as number);
    error *= 1 - reflection * reflection;
  }
  return a;
}

/** Windowed, so that the ends of the stretch are no edges. */
function autocorrelation(signal: Float64Array, order: number): Float64Array {
  const n = signal.length;
  const windowed = signal.map((value, i) => value * (0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / n)));
  const correlation = new Float64Array(order + 1);
  for (let lag = 0; lag <= order; lag++) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (windowed[i] as number) * (windowed[i - lag] as number);
    correlation[lag] = sum;
  }
  return correlation;
}

/** Minimises the sum of squared prediction errors over the missing samples: normal equations, symmetric and banded. */
function solveGap(signal: Float64Array, from: number, to: number, a: Float64Array): void {
  const order = a.length - 1;
  const count = to - from;
  const band = Math.min(order, count - 1);
  const b = new Float64Array(order + 1);
  for (let lag = 0; lag <= order; lag++) {
    let sum = 0;
    for (let i = lag; i <= order; i++) sum += (a[i] as number) * (a[i - lag] as number);
    b[lag] = sum;
  }
  const known = new Float64Array(count);
  signal.fill(0, from, to);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let lag = -order; lag <= order; lag++) sum += (b[Math.abs(lag)] as number) * (signal[from + i + lag] ?? 0);
    known[i] = -sum;
  }
  signal.set(solveToeplitzBand(b, band, known), from);
}

/** Cholesky's decomposition of the band matrix with b[|i − j|], and substitution both ways. */
function solveToeplitzBand(b: Float64Array, band: number, right: Float64Array): Float64Array {
  const n = right.length;
  const width = band + 1;
  // Row i holds L[i, i − band … i]; `row` is where its column 0 would lie.
  const lower = new Float64Array(n * width);
  const row = (i: number) => i * width - i + band;
  for (let i = 0; i < n; i++) {
    const first = Math.max(0, i - band);
    const ri = row(i);
    for (let j = first; j <= i; j++) {
      const rj = row(j);
      let sum = b[i - j] as number;
      for (let k = Math.max(first, j - band); k < j; k++) sum -= (lower[ri + k] as number) * (lower[rj + k] as number);
      lower[ri + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (lower[rj + j] as number);
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    const ri = row(i);
    let sum = x[i] as number;
    for (let k = Math.max(0, i - band); k < i; k++) sum -= (lower[ri + k] as number) * (x[k] as number);
    x[i] = sum / (lower[ri + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number;
    for (let k = i + 1; k <= Math.min(n - 1, i + band); k++) sum -= (lower[row(k) + i] as number) * (x[k] as number);
    x[i] = sum / (lower[row(i) + i] as number);
  }
  return x;
}
