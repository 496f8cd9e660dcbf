import type { AudioFeatures } from "@glasswatch/core/audio-features";
import { speakers, stereoPairs } from "@glasswatch/core/channel-layout";
import type { Sound } from "@glasswatch/core/media";
import { blocksPerSecond, openBlockCutter } from "./audio-blocks.ts";
import { channelWeight } from "./audio-filters.ts";
import { type AudioKernel, openAudioKernel } from "./audio-kernel.ts";
import { openLoudnessMeter } from "./audio-loudness.ts";

export interface AudioFeatureSetup {
  readonly channels: number;
  readonly sampleRate: number;
  /** FFmpeg's description, e.g. `5.1(side)`: which channels are surrounds and which is the LFE. */
  readonly channelLayout: string;
}

/** A track's measurements as a whole. */
export interface AudioTotals {
  /** ITU-R BS.1770-4; null where nothing passed the gate. */
  readonly integratedLufs: number | null;
  /** EBU Tech 3342, LU; 0 where the sound is too short or too quiet to have one. */
  readonly rangeLu: number;
  /** The largest of all channels; null for digital silence. */
  readonly truePeakDbtp: number | null;
}

export interface AudioFeatureExtractor {
  /** Overwritten in place before each `onBlock`. */
  readonly features: AudioFeatures;
  /** Takes a unit of any length, form and place in time; calls `onBlock` for each 10 ms that it completes. */
  push(sound: Sound): void;
  /** Measures what is left of the last block. */
  flush(): void;
  totals(): AudioTotals;
}

/** Measures one track of sound in stretches of 10 ms. */
export function openAudioFeatures(setup: AudioFeatureSetup, onBlock: () => void): AudioFeatureExtractor {
  const meter = openLoudnessMeter();
  let kernel: AudioKernel | undefined;
  let weights: readonly number[] = [];
  let fullBlock = 0;
  let peak = 0;
  const features: AudioFeatures = {
    block: { timeSeconds: 0, durationSeconds: 0, samples: 0, sampleRate: setup.sampleRate, channels: setup.channels },
    level: { meanSquare: new Float64Array(), samplePeak: new Float64Array() },
    loudness: meter,
    truePeak: { truePeak: new Float64Array() },
    correlation: { pairs: [], product: new Float64Array() },
    clipping: { tops: new Uint32Array(), ceiling: new Float64Array() },
    samples: { channels: [] },
  };

  function begin(channels: number, sampleRate: number): void {
    // A form other than the announced one has no announced layout; what usually has that many channels is assumed.
    const names = speakers(channels === setup.channels ? setup.channelLayout : usualLayout(channels), channels);
    const pairs = stereoPairs(names);
    const maxSamples = Math.ceil(sampleRate / blocksPerSecond) + 1;
    const opened = openAudioKernel({ channels, sampleRate, maxSamples, pairs });
    kernel = opened;
    weights = names.map((name) => channelWeight(name, names));
    fullBlock = Math.floor(sampleRate / blocksPerSecond);
    features.block.sampleRate = sampleRate;
    features.block.channels = channels;
    features.level.meanSquare = opened.meanSquare;
    features.level.samplePeak = opened.samplePeak;
    features.truePeak.truePeak = opened.truePeak;
    features.correlation.pairs = pairs;
    features.correlation.product = opened.product;
    features.clipping.tops = opened.clipping;
    features.clipping.ceiling = opened.ceiling;
    features.samples.channels = opened.inputs;
  }

  function complete(kernel: AudioKernel, timeSeconds: number, samples: number): void {
    kernel.analyse(samples);
    features.block.timeSeconds = timeSeconds;
    features.block.samples = samples;
    features.block.durationSeconds = samples / features.block.sampleRate;
    let energy = 0;
    for (let channel = 0; channel < weights.length; channel++) {
      energy += (weights[channel] ?? 0) * (kernel.kMeanSquare[channel] ?? 0);
      peak = Math.max(peak, kernel.truePeak[channel] ?? 0);
    }
    // The windows are counted in blocks of 10 ms; the shorter one at the end of a stretch is none.
    if (samples >= fullBlock) meter.add(energy);
    onBlock();
  }

  const cutter = openBlockCutter({
    begin: ({ channels, sampleRate }) => begin(channels, sampleRate),
    append(sound, from, to, filled) {
      for (let channel = 0; channel < sound.channels.length; channel++) {
        const source = sound.channels[channel];
        const target = kernel?.inputs[channel];
        if (source === undefined || target === undefined) continue;
        // Not `set(subarray(…))`, which would make an object for each channel of each block.
        for (let i = from, j = filled; i < to; i++, j++) target[j] = source[i] ?? 0;
      }
    },
    complete(timeSeconds, samples) {
      if (kernel !== undefined) complete(kernel, timeSeconds, samples);
    },
    restart() {
      kernel?.reset();
      meter.restart();
    },
  });

  return {
    features,
    push: (sound) => cutter.push(sound),
    flush: () => cutter.flush(),
    totals: () => ({
      integratedLufs: Number.isFinite(meter.integratedLufs) ? meter.integratedLufs : null,
      rangeLu: meter.rangeLu,
      truePeakDbtp: peak > 0 ? 20 * Math.log10(peak) : null,
    }),
  };
}

function usualLayout(channels: number): string {
  return { 1: "mono", 2: "stereo", 6: "5.1", 8: "7.1" }[channels] ?? "";
}
