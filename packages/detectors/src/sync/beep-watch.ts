import type { AudioFeatures } from "@glasswatch/core/audio-features";
import { openPulseTrain, type PulseTrain } from "./pulse-train.ts";

/** Nothing below this is a beep; line-up tones are at −18 or −20 dBFS. −50 dBFS. */
const leastPeak = 0.003;
/** A beep rises above what went before by 20 dB within its first 10 ms, and by 30 dB in all. */
const onsetRatio = 10;
const beepRatio = 30;
/** For so many blocks of 10 ms before a beep there is nothing else. */
const quietBlocks = 20;
/** Beeps last from one picture to half a second. */
const longestBlocks = 55;
/** Blocks that hold its onset, its end and what a codec smears are not steady: so many may be otherwise. */
const unsteadyBlocks = 4;
/** A steady tone keeps its level to within 1 dB. */
const steadyRatio = 0.79;
/** Peak over mean square is 2 for a sine and 1 for a square wave, and 9 and more for noise, voices and drums. */
const toneCrest = 2.6;
/** A beep begins where it first reaches this share of its peak: pre-echo of codecs lies below, a ramp of 2 ms is half up. */
const onsetShare = 0.25;
/** Samples of so many blocks are kept to find that place in. */
const onsetBlocks = 3;

/** Finds single beeps, that is short steady tones out of quiet, in one sound track. */
export interface BeepWatch {
  readonly beeps: PulseTrain;
  /** Takes the next 10 ms. True where `beeps` changed: a beep is over, or what sounds is no test signal. */
  push(features: Pick<AudioFeatures, "block" | "level" | "samples">): boolean;
}

export function openBeepWatch(): BeepWatch {
  const beeps = openPulseTrain();
  const floor = new Float64Array(quietBlocks);
  const energies = new Float64Array(longestBlocks);
  let onset = new Float32Array(0);
  let onsetSamples = 0;
  let onsetSeconds = 0;
  let sampleRate = 0;
  let seen = 0;
  let channel = 0;
  let blocks = 0;
  let peak = 0;
  let toneBlocks = 0;
  let nextSeconds = Number.NaN;

  function restart(): boolean {
    blocks = 0;
    seen = 0;
    const changed = beeps.count > 0;
    beeps.clear();
    return changed;
  }

  function loudestBefore(): number {
    let most = 0;
    for (let i = 0; i < quietBlocks; i++) most = Math.max(most, floor[i] as number);
    return most;
  }

  function keep(source: Float32Array | undefined, samples: number): void {
    if (blocks >= onsetBlocks || source === undefined) return;
    if (onset.length < onsetBlocks * (samples + 1)) onset = new Float32Array(onsetBlocks * (samples + 1));
    for (let i = 0; i < samples; i++) onset[onsetSamples + i] = source[i] as number;
    onsetSamples += samples;
  }

  function count(meanSquare: number, samplePeak: number): void {
    energies[blocks] = meanSquare;
    blocks++;
    peak = Math.max(peak, samplePeak);
    if (samplePeak * samplePeak <= toneCrest * meanSquare) toneBlocks++;
  }

  function isTone(): boolean {
    let loudest = 0;
    for (let i = 0; i < blocks; i++) loudest = Math.max(loudest, energies[i] as number);
    let steady = 0;
    for (let i = 0; i < blocks; i++) if ((energies[i] as number) >= steadyRatio * loudest) steady++;
    return steady >= 2 && steady >= blocks - unsteadyBlocks && toneBlocks >= steady - 1;
  }

  function beganSeconds(): number {
    for (let i = 0; i < onsetSamples; i++) {
      if (Math.abs(onset[i] as number) >= onsetShare * peak) return onsetSeconds + i / sampleRate;
    }
    return onsetSeconds;
  }

  return {
    beeps,
    push({ block, level, samples }) {
      const { timeSeconds, durationSeconds } = block;
      const adjacent = timeSeconds <= nextSeconds && block.sampleRate === sampleRate;
      nextSeconds = timeSeconds + 2 * durationSeconds;
      sampleRate = block.sampleRate;
      const restarted = adjacent ? false : restart();
      const loudest = blocks > 0 ? channel : loudestChannel(level.samplePeak, block.channels);
      const samplePeak = level.samplePeak[loudest] ?? 0;
      if (blocks === 0) {
        const before = loudestBefore();
        floor[seen % quietBlocks] = samplePeak;
        seen++;
        if (samplePeak < leastPeak || samplePeak < onsetRatio * before) return restarted;
        // Sound that begins with the track did not come out of quiet.
        if (seen <= quietBlocks) return restart();
        channel = loudest;
        peak = 0;
        toneBlocks = 0;
        onsetSamples = 0;
        onsetSeconds = timeSeconds;
      } else if (samplePeak < peak / onsetRatio) {
        const isBeep = isTone() && peak >= beepRatio * quietest(floor, seen);
        blocks = 0;
        floor.fill(samplePeak);
        if (!isBeep) return restart();
        beeps.add(beganSeconds(), timeSeconds);
        return true;
      } else if (blocks === longestBlocks) {
        floor.fill(samplePeak);
        return restart();
      }
      keep(samples.channels[channel], block.samples);
      count(level.meanSquare[channel] ?? 0, samplePeak);
      return restarted;
    },
  };
}

/** What went before the block in which a beep began, which is the one noted last. */
function quietest(floor: Float64Array, seen: number): number {
  let most = 0;
  for (let back = 2; back <= quietBlocks; back++)
    most = Math.max(most, floor[(seen - back + quietBlocks) % quietBlocks] ?? 0);
  return most;
}

function loudestChannel(peaks: Float64Array, channels: number): number {
  let loudest = 0;
  for (let c = 1; c < channels; c++) if ((peaks[c] as number) > (peaks[loudest] as number)) loudest = c;
  return loudest;
}
