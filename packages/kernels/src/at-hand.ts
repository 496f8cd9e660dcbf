import type { Picture } from "@glasswatch/core/media";
import type { FrameFeature, LumaFeature } from "@glasswatch/core/video-features";
import type { Slot } from "./video-kernel.ts";

/** What a picture is measured from: made once a track, and overwritten by every picture. */
export interface AtHand {
  readonly frame: FrameFeature;
  readonly luma: LumaFeature;
  /** Undefined before the first. Its samples are valid until the next. */
  picture: Picture | undefined;
  /** Where the video kernel holds the picture. */
  slot: Slot;
  /** Where it holds the one before; undefined where that had another size or there is none. */
  before: Slot | undefined;
}

export function openAtHand(): AtHand {
  return {
    frame: {
      timeSeconds: 0,
      durationSeconds: 0,
      index: -1,
      width: 0,
      height: 0,
      keyFrame: false,
      damaged: false,
      scanOrder: "progressive",
      bitDepth: 8,
    },
    luma: {
      mean: 0,
      standardDeviation: 0,
      histogram: new Uint32Array(256),
      sampleCount: 0,
      black: 16,
      white: 235,
    },
    picture: undefined,
    slot: 0,
    before: undefined,
  };
}
