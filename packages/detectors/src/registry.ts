import type { AnyDetector } from "@glasswatch/core/detector";
import { audioClipping } from "./audio/audio-clipping.ts";
import { audioSilence } from "./audio/audio-silence.ts";
import { channelSilence } from "./audio/channel-silence.ts";
import { loudness } from "./audio/loudness.ts";
import { phaseInversion } from "./audio/phase-inversion.ts";
import { truePeak } from "./audio/true-peak.ts";

/** Every detector there is, in the order in which people read about them. */
export const detectors: readonly AnyDetector[] = [
  audioSilence,
  channelSilence,
  audioClipping,
  phaseInversion,
  loudness,
  truePeak,
];
