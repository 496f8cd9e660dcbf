import type { AnyDetector } from "@glasswatch/core/detector";
import { audioClick } from "./audio/audio-click.ts";
import { audioClipping } from "./audio/audio-clipping.ts";
import { audioDropout } from "./audio/audio-dropout.ts";
import { audioHiss } from "./audio/audio-hiss.ts";
import { audioHum } from "./audio/audio-hum.ts";
import { audioSilence } from "./audio/audio-silence.ts";
import { audioStutter } from "./audio/audio-stutter.ts";
import { channelSilence } from "./audio/channel-silence.ts";
import { dualMono } from "./audio/dual-mono.ts";
import { loudness } from "./audio/loudness.ts";
import { phaseInversion } from "./audio/phase-inversion.ts";
import { trackLevel } from "./audio/track-level.ts";
import { truePeak } from "./audio/true-peak.ts";
import { avDesync } from "./sync/av-desync.ts";
import { timestampGap } from "./transport/timestamp-gap.ts";
import { timestampJump } from "./transport/timestamp-jump.ts";
import { banding } from "./video/banding.ts";
import { blackPicture } from "./video/black-picture.ts";
import { blockCorruption } from "./video/block-corruption.ts";
import { blockiness } from "./video/blockiness.ts";
import { colourRange } from "./video/colour-range.ts";
import { deadPixel } from "./video/dead-pixel.ts";
import { droppedFrames } from "./video/dropped-frames.ts";
import { fieldOrder } from "./video/field-order.ts";
import { flashing } from "./video/flashing.ts";
import { flatPicture } from "./video/flat-picture.ts";
import { frozenPicture } from "./video/frozen-picture.ts";
import { interlaceCombing } from "./video/interlace-combing.ts";
import { letterboxChange } from "./video/letterbox-change.ts";
import { repeatedFrames } from "./video/repeated-frames.ts";
import { softPicture } from "./video/soft-picture.ts";
import { testPattern } from "./video/test-pattern.ts";

/** Every detector there is, in the order in which people read about them. */
export const detectors: readonly AnyDetector[] = [
  frozenPicture,
  repeatedFrames,
  droppedFrames,
  interlaceCombing,
  fieldOrder,
  flashing,
  blackPicture,
  flatPicture,
  testPattern,
  letterboxChange,
  blockCorruption,
  blockiness,
  softPicture,
  banding,
  deadPixel,
  colourRange,
  audioSilence,
  channelSilence,
  audioDropout,
  audioClick,
  audioHum,
  audioHiss,
  audioStutter,
  audioClipping,
  phaseInversion,
  dualMono,
  loudness,
  truePeak,
  trackLevel,
  avDesync,
  timestampJump,
  timestampGap,
];
