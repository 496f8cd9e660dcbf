import FFT from "fft.js";

/** Power spectra of stretches of sound. */
export interface Spectrum {
  /** Power of each bin, overwritten by `measure`: a sine of amplitude a gives a²/2 at its peak. */
  readonly power: Float64Array;
  /** Real and imaginary part of each bin by turns, a sine of amplitude a being a × size / 4 long; overwritten likewise. */
  readonly bins: ArrayLike<number>;
  /** Measures `size` samples of a ring, from the oldest at `from`, under a Hann window. */
  measure(ring: Float32Array, from: number): void;
}

/** @param size a power of two, and the length of a ring is a multiple of it */
export function openSpectrum(size: number): Spectrum {
  const fft = new FFT(size);
  const window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
  const windowed = new Float64Array(size);
  const bins = fft.createComplexArray();
  const power = new Float64Array(size / 2);
  // Of a sine that falls on a bin, half the amplitude is there, and the window's mean is a half.
  const scale = 8 / (size * size);
  return {
    power,
    bins,
    measure(ring, from) {
      for (let i = 0; i < size; i++) windowed[i] = (window[i] as number) * (ring[(from + i) % ring.length] as number);
      fft.realTransform(bins, windowed);
      for (let k = 0; k < power.length; k++) {
        const re = bins[2 * k] as number;
        const im = bins[2 * k + 1] as number;
        power[k] = scale * (re * re + im * im);
      }
    },
  };
}
