import type { AudioFeatures } from "@glasswatch/core/audio-features";
import { type Floor, openNoiseFloor, spectraPerSecond, spectrumSamples } from "./noise-floor.ts";

/** Follows the floor of a track from block to block. */
export interface FloorWatch {
  /** Takes the next block; false where it does not go on from the one before, and what was heard is forgotten. */
  push(features: Pick<AudioFeatures, "block" | "samples">): boolean;
  /** Undefined until there are ten seconds of sound. */
  read(): Floor | undefined;
}

export function openFloorWatch(): FloorWatch {
  const ring = new Float32Array(2 * spectrumSamples);
  const floor = openNoiseFloor();
  let blocks = 0;
  let filled = 0;
  let expectedSeconds = 0;

  return {
    push({ block, samples: { channels } }) {
      const { timeSeconds, durationSeconds, sampleRate } = block;
      const goesOn = Math.abs(timeSeconds - expectedSeconds) <= 0.02;
      if (!goesOn) {
        floor.restart();
        filled = 0;
        blocks = 0;
      }
      expectedSeconds = timeSeconds + durationSeconds;
      // Three blocks of ten fill one spectrum.
      const phase = blocks++ % (100 / spectraPerSecond);
      const needed = Math.ceil((spectrumSamples * 100) / sampleRate);
      if (phase >= needed) return goesOn;
      for (let i = 0; i < block.samples; i++) {
        let sum = 0;
        for (let channel = 0; channel < channels.length; channel++) {
          sum += (channels[channel] as Float32Array)[i] as number;
        }
        ring[filled++ % ring.length] = sum / channels.length;
      }
      if (phase === needed - 1 && filled >= spectrumSamples) {
        floor.add(ring, (filled - spectrumSamples) % ring.length, sampleRate);
      }
      return goesOn;
    },
    read: floor.read,
  };
}
