/**
 * What is left of a stretch of sound where the sound around its middle is predicted as well as it can be (linear prediction;
 * autocorrelation method, Levinson and Durbin). Music, voices and what a codec makes of them shrink to about noise; what does
 * not belong to them, as an impulse does not, stands out, whatever band it was cut to.
 */
export interface Whitener {
  /** Largest residual of each millisecond from `-sideMs` to `sideMs` around the middle; overwritten by the next call. */
  readonly perMs: Float64Array;
  /** Needs `sideMs` and another millisecond on either side of `middle`, and 16 samples before that. */
  measure(samples: Float32Array, middle: number, samplesPerMs: number): void;
}

const order = 16;
/** What is predicted from leaves the middle out, so that an impulse does not teach what it is to be held against. */
const gapMs = 1.5;
/** −30 dB of white noise: without it, what lies in bands that a codec left empty would be blown up. */
const regularisation = 1e-3;

export function openWhitener(sideMs: number): Whitener {
  const perMs = new Float64Array(2 * sideMs + 1);
  const correlation = new Float64Array(order + 1);
  const taps = new Float64Array(order + 1);
  const turned = new Float64Array(order + 1);
  let windowed = new Float64Array();

  /** Adds the autocorrelation of a stretch under a Hann window. */
  function correlate(samples: Float32Array, from: number, to: number): void {
    const length = to - from;
    if (windowed.length < length) windowed = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      windowed[i] = (samples[from + i] as number) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length));
    }
    for (let lag = 0; lag <= order; lag++) {
      let sum = 0;
      for (let i = lag; i < length; i++) sum += (windowed[i] as number) * (windowed[i - lag] as number);
      correlation[lag] = (correlation[lag] as number) + sum;
    }
  }

  function predict(): void {
    taps.fill(0);
    taps[0] = 1;
    let error = (correlation[0] as number) * (1 + regularisation) + 1e-12;
    for (let i = 1; i <= order; i++) {
      let sum = 0;
      for (let k = 0; k < i; k++) sum += (taps[k] as number) * (correlation[i - k] as number);
      const reflection = -sum / error;
      turned.set(taps);
      for (let k = 1; k <= i; k++) taps[k] = (turned[k] as number) + reflection * (turned[i - k] as number);
      error *= 1 - reflection * reflection;
    }
  }

  return {
    perMs,
    measure(samples, middle, samplesPerMs) {
      const side = Math.round(sideMs * samplesPerMs);
      const gap = Math.round(gapMs * samplesPerMs);
      correlation.fill(0);
      correlate(samples, middle - side, middle - gap);
      correlate(samples, middle + gap, middle + side);
      predict();
      for (let ms = -sideMs; ms <= sideMs; ms++) {
        const from = Math.round(middle + (ms - 0.5) * samplesPerMs);
        const to = Math.round(middle + (ms + 0.5) * samplesPerMs);
        let most = 0;
        for (let i = from; i < to; i++) {
          let value = 0;
          for (let k = 0; k <= order; k++) value += (taps[k] as number) * (samples[i - k] as number);
          most = Math.max(most, Math.abs(value));
        }
        perMs[ms + sideMs] = most;
      }
    },
  };
}
