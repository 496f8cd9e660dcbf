import { envelopeBands, envelopeRate, envelopeStepDb } from "@glasswatch/kernels/sound-fingerprint";
import type { Sequence } from "./sequence.ts";

/** What lies further below the louder parts of a band is noise of the codec, and another one in each rendition. */
const depthDb = 40;
/** Slower changes are those of levels, which loudness processors make. */
const slowestSeconds = 0.4;
/** Sound that never rises above this is silence: the −60 dBFS of EBU R128 s1 and of audio-silence, in a part of its band. */
const silentDbfs = -75;

const loudShare = 0.95;

export interface SoundSequences {
  /** Once a millisecond. */
  readonly fine: Sequence;
  /** For finding the way; `coarseRate` a second. */
  readonly coarse: Sequence;
  /** Nothing is heard in all of it. */
  readonly silent: boolean;
}

export const coarseSoundRate = 50;

/** How the levels of the bands move, in dB: the same for every codec, level and sample rate. */
export function soundSequences(envelope: Uint8Array): SoundSequences {
  const steps = Math.floor(envelope.length / envelopeBands);
  const data = new Float32Array(steps * envelopeBands);
  let silent = true;
  for (let band = 0; band < envelopeBands; band++) {
    const loud = loudStep(envelope, band);
    if (loud * envelopeStepDb - 127.5 > silentDbfs) silent = false;
    const floor = Math.max(0, loud - depthDb / envelopeStepDb);
    followBand({ envelope, band, floor, steps, data });
  }
  const fine = { rate: envelopeRate, channels: envelopeBands, steps, data };
  return { fine, coarse: thinned(fine, coarseSoundRate), silent };
}

/** The level that all but the loudest twentieth of the sounding milliseconds stay below. */
function loudStep(envelope: Uint8Array, band: number): number {
  const counts = new Uint32Array(256);
  for (let i = band; i < envelope.length; i += envelopeBands) {
    const value = envelope[i] as number;
    counts[value] = (counts[value] as number) + 1;
  }
  const sounding = counts.subarray(1).reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (let value = 1; value < 256; value++) {
    seen += counts[value] as number;
    if (seen >= loudShare * sounding) return sounding > 0 ? value : 0;
  }
  return 0;
}

interface Band {
  readonly envelope: Uint8Array;
  readonly band: number;
  readonly floor: number;
  readonly steps: number;
  readonly data: Float32Array;
}

/** The level of one band over its own mean of the time about it. */
function followBand({ envelope, band, floor, steps, data }: Band): void {
  const half = Math.round((slowestSeconds * envelopeRate) / 2);
  const level = (step: number) => Math.max(floor, envelope[step * envelopeBands + band] as number) * envelopeStepDb;
  let sum = 0;
  let count = 0;
  for (let step = 0; step < Math.min(half, steps); step++) {
    sum += level(step);
    count++;
  }
  for (let step = 0; step < steps; step++) {
    if (step + half < steps) {
      sum += level(step + half);
      count++;
    }
    if (step - half - 1 >= 0) {
      sum -= level(step - half - 1);
      count--;
    }
    data[step * envelopeBands + band] = level(step) - sum / count;
  }
}

function thinned({ rate, channels, steps, data }: Sequence, toRate: number): Sequence {
  const factor = Math.round(rate / toRate);
  const few = Math.floor(steps / factor);
  const means = new Float32Array(few * channels);
  for (let step = 0; step < few; step++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let i = 0; i < factor; i++) sum += data[(step * factor + i) * channels + channel] as number;
      means[step * channels + channel] = sum / factor;
    }
  }
  return { rate: toRate, channels, steps: few, data: means };
}
