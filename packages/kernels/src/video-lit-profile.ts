import type { LitProfile, LitProfileFeature, LumaFeature } from "@glasswatch/core/features";
import type { Slot, VideoKernel } from "./video-kernel.ts";

export interface LazyLitProfile {
  readonly feature: LitProfileFeature;
  /** What the next `read` is made from. */
  show(slot: Slot, luma: Pick<LumaFeature, "black" | "white">): void;
}

/** Of the range from black to white: ffmpeg's cropdetect, 24 of 255. Lower, and the noise of black would be lit. */
const litShare = 24 / 255;

export function openLitProfile(kernel: VideoKernel): LazyLitProfile {
  let shown: Slot = 0;
  let limit = 0;
  let profile: LitProfile | undefined;

  return {
    feature: {
      read() {
        profile ??= kernel.profile(shown, limit);
        return profile;
      },
    },
    show(slot, { black, white }) {
      shown = slot;
      limit = Math.floor(black + litShare * (white - black));
      profile = undefined;
    },
  };
}
