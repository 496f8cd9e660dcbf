import type { AnyDetector } from "@glasswatch/core/detector";
import { audioClipping } from "./audio/audio-clipping.ts";
import { audioSilence } from "./audio/audio-silence.ts";
import { channelSilence } from "./audio/channel-silence.ts";
import { loudness } from "./audio/loudness.ts";
import { phaseInversion } from "./audio/phase-inversion.ts";
import { truePeak } from "./audio/true-peak.ts";
import { timestampGap } from "./transport/timestamp-gap.ts";
import { timestampJump } from "./transport/timestamp-jump.ts";
import { blackPicture } from "./video/black-picture.ts";
import { flatPicture } from "./video/flat-picture.ts";
import { frozenPicture } from "./video/frozen-picture.ts";
import { testPattern } from "./video/test-pattern.ts";

/** Every detector there is, in the order in which people read about them. */
export const detectors: readonly AnyDetector[] = [
  frozenPicture,
  blackPicture,
  flatPicture,
  testPattern,
  audioSilence,
  channelSilence,
  audioClipping,
  phaseInversion,
  loudness,
  truePeak,
  timestampJump,
  timestampGap,
];
