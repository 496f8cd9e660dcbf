import type { Sound } from "@glasswatch/core/media";

/** Envelope values a second: one a millisecond, as SMPTE ST 2064-1 samples sound. */
export const envelopeRate = 1000;

/**
 * Centres of the bands whose envelopes are taken, in Hz: what even telephone sound (8 kHz) and speech codecs at low rates
 * keep, above hum and what loudness processors shift.
 */
export const envelopeBandsHz = [420, 1120, 2550] as const;
export const envelopeBands = envelopeBandsHz.length;

/** Two of these in a row fall by 12 dB an octave on either side. */
const bandQuality = 1;

/** What a stored value stands for: 0 is silence at −127.5 dB of full scale and below, 255 is 0 dB. */
export const envelopeStepDb = 0.5;
const floorDb = -127.5;

/** Units that lie this near to where they are expected follow on; time stamps are rounded to milliseconds and worse. */
const jitterSeconds = 0.05;
/** How much of a unit's departure is taken for a true movement of the clock: rounding averages out over some 20 units. */
const trackingShare = 0.05;

/** The downmix of every layout has its programme in the front channels, which come first. */
const mostChannels = 3;

/** The power is averaged over a Hann window this long: beats of a steady tone with the grid of 1 ms then vanish. */
const smoothingBins = 16;

export interface SoundFingerprinter {
  push(sound: Sound): void;
  /** Hands out what is left. */
  flush(): void;
}

/** A stretch of envelope: `envelopeBands` values each millisecond, from `startIndex` milliseconds on. */
export type EnvelopeSink = (startIndex: number, values: Uint8Array) => void;

/**
 * Takes the envelope of a sound track: the level of three bands each millisecond of presentation time. Handed out a second
 * at a time; what lies between two stretches was silence or is missing.
 */
export function openSoundFingerprinter(sink: EnvelopeSink): SoundFingerprinter {
  const window = hann(smoothingBins);
  const powers = new Float32Array(envelopeRate * envelopeBands);
  const history = new Float64Array(smoothingBins * envelopeBands);
  const sums = new Float64Array(envelopeBands);
  let filters: Float64Array = new Float64Array();
  let states = new Float64Array();
  let sampleRate = 0;
  let channels = 0;
  /** Presentation time of the next sample. */
  let timeSeconds = Number.NaN;
  let bin = 0;
  let binSamples = 0;
  /** Of the stretch at hand: its first bin, and how many bins it has. */
  let firstBin = 0;
  let bins = 0;
  let binsOfRun = 0;

  function restart(sound: Sound): void {
    finishStretch();
    history.fill(0);
    sums.fill(0);
    states.fill(0);
    binSamples = 0;
    binsOfRun = 0;
    timeSeconds = sound.timeSeconds;
    bin = Math.floor(timeSeconds * envelopeRate);
    firstBin = bin;
  }

  function useForm(sound: Sound): void {
    sampleRate = sound.sampleRate;
    channels = Math.min(mostChannels, sound.channels.length);
    filters = bandFilters(sampleRate);
    states = new Float64Array(channels * envelopeBands * 8);
  }

  function finishBin(): void {
    const slot = binsOfRun % smoothingBins;
    for (let band = 0; band < envelopeBands; band++) {
      history[slot * envelopeBands + band] = binSamples > 0 ? (sums[band] as number) / binSamples : 0;
      sums[band] = 0;
      let smooth = 0;
      for (let back = 0; back < smoothingBins; back++) {
        const past = (slot - back + smoothingBins) % smoothingBins;
        smooth += (window[back] as number) * (history[past * envelopeBands + band] as number);
      }
      powers[bins * envelopeBands + band] = smooth;
    }
    binsOfRun++;
    bins++;
    bin++;
    binSamples = 0;
    if (bins === envelopeRate) finishStretch();
  }

  function finishStretch(): void {
    if (bins > 0) {
      const values = new Uint8Array(bins * envelopeBands);
      for (let i = 0; i < values.length; i++) values[i] = companded(powers[i] as number);
      // The window is centred half its length before the newest bin, which is the same for every input.
      sink(firstBin, values);
    }
    firstBin = bin;
    bins = 0;
  }

  return {
    push(sound) {
      const length = sound.channels[0]?.length ?? 0;
      if (length === 0 || !(sound.sampleRate > 0)) return;
      const formChanged = sound.sampleRate !== sampleRate || Math.min(mostChannels, sound.channels.length) !== channels;
      if (formChanged) useForm(sound);
      const departure = sound.timeSeconds - timeSeconds;
      if (formChanged || !(Math.abs(departure) <= jitterSeconds)) restart(sound);
      else timeSeconds += trackingShare * departure;
      let from = 0;
      while (from < length) {
        const binEnd = (bin + 1) / envelopeRate;
        const to = Math.min(length, from + Math.max(1, Math.ceil((binEnd - timeSeconds) * sampleRate)));
        for (let channel = 0; channel < channels; channel++) {
          const samples = sound.channels[channel];
          if (samples) addPowers({ samples, from, to, filters, states, stateAt: channel * envelopeBands * 8, sums });
        }
        binSamples += to - from;
        timeSeconds += (to - from) / sampleRate;
        from = to;
        while (timeSeconds >= (bin + 1) / envelopeRate) finishBin();
      }
    },
    flush: finishStretch,
  };
}

interface Run {
  readonly samples: Float32Array;
  readonly from: number;
  readonly to: number;
  readonly filters: Float64Array;
  readonly states: Float64Array;
  readonly stateAt: number;
  readonly sums: Float64Array;
}

/** Adds the power of each band over some samples of one channel. */
function addPowers({ samples, from, to, filters, states, stateAt, sums }: Run): void {
  for (let band = 0; band < envelopeBands; band++) {
    const gain = filters[band * 3] as number;
    const a1 = filters[band * 3 + 1] as number;
    const a2 = filters[band * 3 + 2] as number;
    const at = stateAt + band * 8;
    let x1 = states[at] as number;
    let x2 = states[at + 1] as number;
    let y1 = states[at + 2] as number;
    let y2 = states[at + 3] as number;
    let z1 = states[at + 4] as number;
    let z2 = states[at + 5] as number;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i] as number;
      const y = gain * (x - x2) - a1 * y1 - a2 * y2;
      const z = gain * (y - y2) - a1 * z1 - a2 * z2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      z2 = z1;
      z1 = z;
      sum += z * z;
    }
    // Denormal numbers would make silence slow.
    states[at] = settled(x1);
    states[at + 1] = settled(x2);
    states[at + 2] = settled(y1);
    states[at + 3] = settled(y2);
    states[at + 4] = settled(z1);
    states[at + 5] = settled(z2);
    sums[band] = (sums[band] as number) + sum;
  }
}

function settled(value: number): number {
  return Math.abs(value) < 1e-20 || !Number.isFinite(value) ? 0 : value;
}

/** A band-pass with 0 dB at its centre: (gain, a1, a2) of each band, the numerator being gain × (1, 0, −1). */
function bandFilters(sampleRate: number): Float64Array {
  return Float64Array.from(
    envelopeBandsHz.flatMap((centreHz) => {
      const angle = 2 * Math.PI * Math.min(centreHz / sampleRate, 0.45);
      const alpha = Math.sin(angle) / (2 * bandQuality);
      const a0 = 1 + alpha;
      return [alpha / a0, (-2 * Math.cos(angle)) / a0, (1 - alpha) / a0];
    }),
  );
}

function hann(length: number): Float64Array {
  const window = Float64Array.from({ length }, (_, i) => 1 - Math.cos((2 * Math.PI * (i + 0.5)) / length));
  const sum = window.reduce((total, value) => total + value, 0);
  return window.map((value) => value / sum);
}

function companded(power: number): number {
  if (!(power > 1e-13)) return 0;
  const steps = (10 * Math.log10(power) - floorDb) / envelopeStepDb;
  return Math.min(255, Math.max(0, Math.round(steps)));
}
