interface BiquadDesign {
  readonly frequencyHz: number;
  readonly quality: number;
}

// The analogue prototype of ITU-R BS.1770-4 Annex 1's two filters, recovered from their 48 kHz coefficients; the bilinear
// transform gives those coefficients back at 48 kHz and the same response at any other rate.
const preFilter: BiquadDesign = { frequencyHz: 1681.974450955533, quality: 0.7071752369554196 };
const shelfGainDb = 3.999843853973347;
const shelfMidpoint = 0.4996667741545416;
const highPass: BiquadDesign = { frequencyHz: 38.13547087602444, quality: 0.5003270373238773 };

/** Above the Nyquist frequency of an absurdly low rate the transform would give an unstable filter. */
const highestShare = 0.45;

function warped({ frequencyHz }: BiquadDesign, sampleRate: number): number {
  return Math.tan(Math.PI * Math.min(frequencyHz / sampleRate, highestShare));
}

/** What divides a biquad of the prototype so that a0 is 1. */
function leading(k: number, quality: number): number {
  return 1 + k / quality + k * k;
}

/**
 * K-weighting for a sample rate, as the kernel reads it: b0 b1 b2 a1 a2 of the pre-filter, then the RLB filter's gain, a1
 * and a2, its numerator being gain × (1, −2, 1).
 *
 * BS.1770-4 gives the RLB filter a numerator of exactly (1, −2, 1) at 48 kHz, which is 0.04 dB above unity; the gain keeps
 * that excess at every rate, where a fixed numerator would read 0.2 dB high at 8 kHz.
 */
export function kWeighting(sampleRate: number): Float64Array {
  const k = warped(preFilter, sampleRate);
  const high = 10 ** (shelfGainDb / 20);
  const band = high ** shelfMidpoint;
  const a0 = leading(k, preFilter.quality);
  const slope = k / preFilter.quality;
  const h = warped(highPass, sampleRate);
  const c0 = leading(h, highPass.quality);
  return Float64Array.of(
    (high + band * slope + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - band * slope + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - slope + k * k) / a0,
    leading(warped(highPass, 48_000), highPass.quality) / c0,
    (2 * (h * h - 1)) / c0,
    (1 - h / highPass.quality + h * h) / c0,
  );
}

export interface Interpolator {
  readonly phases: number;
  readonly taps: number;
  /** Phase by phase, newest sample first. */
  readonly coefficients: Float32Array;
}

const interpolatorTaps = 49;

/**
 * The values between samples that ITU-R BS.1770-4 Annex 2 looks at, which asks for at least 192 kHz: three between each two
 * samples below 96 kHz, one below 192 kHz, none above. A Hann-windowed sinc; the phase that is the samples themselves is
 * left out.
 */
export function interpolator(sampleRate: number): Interpolator {
  const factor = sampleRate < 96_000 ? 4 : sampleRate < 192_000 ? 2 : 1;
  const taps = (interpolatorTaps - 1) / factor;
  const coefficients = new Float32Array((factor - 1) * taps);
  for (let phase = 1; phase < factor; phase++) {
    for (let tap = 0; tap < taps; tap++) {
      coefficients[(phase - 1) * taps + tap] = windowedSinc(phase + tap * factor, factor);
    }
  }
  return { phases: factor - 1, taps, coefficients };
}

function windowedSinc(index: number, factor: number): number {
  const x = (Math.PI * (index - (interpolatorTaps - 1) / 2)) / factor;
  const window = 0.5 * (1 - Math.cos((2 * Math.PI * index) / (interpolatorTaps - 1)));
  return (window * Math.sin(x)) / x;
}

/**
 * Weight of a loudspeaker in the loudness of the whole: ITU-R BS.1770-4 Annex 1 Table 3, and Annex 3 for advanced
 * systems, where loudspeakers 60° to 120° to the side count 1.41 and those behind count 1.
 */
export function channelWeight(speaker: string, all: readonly string[]): number {
  if (speaker === "LFE" || speaker === "LFE2") return 0;
  if (speaker === "SL" || speaker === "SR") return 1.41;
  // FFmpeg calls the surrounds of a plain 5.1 "back"; only beside a side pair are they behind.
  if (speaker === "BL" || speaker === "BR") return all.includes("SL") ? 1 : 1.41;
  return 1;
}
