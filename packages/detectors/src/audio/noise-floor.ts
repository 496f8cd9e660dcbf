import { openSpectrum } from "./spectrum.ts";

/** What lies under the sound of the last ten seconds. */
export interface Floor {
  /** Power of the floor between 8 and 14 kHz; mean square. */
  readonly power: number;
  /** Geometric over arithmetic mean of its bands: 1 for white noise. */
  readonly flatness: number;
  /** Median over lowest tenth of a band, averaged: small for noise that stays the same. */
  readonly unrest: number;
  /** How far the louder tenth of the sound lies above the quieter tenth, as a ratio of powers. */
  readonly range: number;
}

export interface NoiseFloor {
  /** Takes a spectrum of the sound that the ring holds. */
  add(ring: Float32Array, from: number, rate: number): void;
  /** Undefined until there are ten seconds of spectra. */
  read(): Floor | undefined;
  restart(): void;
}

export const spectrumSamples = 1024;
/** Ten a second for ten seconds: minimum statistics need no more, and noise stays what it is in between. */
export const spectraPerSecond = 10;
const kept = 100;
const lowHz = 8000;
/** Lossy codecs cut off what is above 15 kHz at ordinary bit rates. */
const highHz = 14_000;
const bands = 12;

export function openNoiseFloor(): NoiseFloor {
  const spectrum = openSpectrum(spectrumSamples);
  const powers = new Float64Array(bands * kept);
  const levels = new Float64Array(kept);
  const sorted = new Float64Array(kept);
  let count = 0;

  function quantiles(values: Float64Array, from: number): readonly [low: number, middle: number, high: number] {
    for (let i = 0; i < kept; i++) sorted[i] = values[from + i] as number;
    sorted.sort();
    return [sorted[kept / 10] as number, sorted[kept / 2] as number, sorted[kept - kept / 10] as number];
  }

  return {
    add(ring, from, rate) {
      spectrum.measure(ring, from);
      const slot = count++ % kept;
      const { power } = spectrum;
      let total = 0;
      for (let bin = 1; bin < power.length; bin++) total += power[bin] as number;
      // A Hann window spreads what is in one bin over one and a half.
      levels[slot] = total / 1.5;
      for (let band = 0; band < bands; band++) {
        const width = (highHz - lowHz) / bands;
        const first = Math.round(((lowHz + band * width) * spectrumSamples) / rate);
        const last = Math.round(((lowHz + (band + 1) * width) * spectrumSamples) / rate);
        let sum = 0;
        for (let bin = first; bin < last; bin++) sum += power[bin] as number;
        powers[band * kept + slot] = sum / 1.5;
      }
    },
    read() {
      if (count < kept) return undefined;
      let sum = 0;
      let logarithms = 0;
      let unrest = 0;
      for (let band = 0; band < bands; band++) {
        const [low, middle] = quantiles(powers, band * kept);
        sum += low;
        logarithms += Math.log(low + 1e-20);
        unrest += middle / (low + 1e-20) / bands;
      }
      const [quiet, , loud] = quantiles(levels, 0);
      return {
        power: sum,
        flatness: Math.exp(logarithms / bands) / (sum / bands + 1e-20),
        unrest,
        range: loud / (quiet + 1e-20),
      };
    },
    restart() {
      count = 0;
    },
  };
}
