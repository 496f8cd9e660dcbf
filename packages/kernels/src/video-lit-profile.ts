import type { LitProfileFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import { onceAPicture } from "./once-a-picture.ts";
import type { VideoKernel } from "./video-kernel.ts";

/** Of the range from black to white: ffmpeg's cropdetect, 24 of 255. Lower, and the noise of black would be lit. */
const litShare = 24 / 255;

export function openLitProfile(atHand: AtHand, kernel: VideoKernel): LitProfileFeature {
  return onceAPicture(atHand, () => {
    const { black, white } = atHand.luma;
    return kernel.profile(atHand.slot, Math.floor(black + litShare * (white - black)));
  });
}
