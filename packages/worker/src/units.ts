import type { StreamMedia } from "@glasswatch/core/events/stream-media";
import type { Tier } from "@glasswatch/core/tier";

/*
 * Work is counted in units: one is a live stream of 1920×1080 at 25 pictures a second, every picture of it watched by every
 * detector. The shares are measured, docs/performance.md: of a scan's time four fifths are the decode, and in tier light a
 * scan takes a fifth of what it takes in full.
 */
const unitPixelsPerSecond = 1920 * 1080 * 25;
const decodeShare = 0.8;
const lightShare = 0.2;
const soundUnits = 0.02;

/** What a core carries: a unit keeps a third of it busy, and some of it is left for what comes. */
export const unitsPerCore = 2.5;

/** What a stream costs before anybody has seen it. */
export const unseenUnits = 1;

/** @param detectorShare of the whole catalogue's detectors, those that watch, 0 to 1 */
export function unitsOf({ video, audio }: StreamMedia, tier: Tier, detectorShare: number): number {
  // A stream that does not state its rate is taken for one of 25 pictures a second.
  const pixelsPerSecond = video ? video.width * video.height * (video.fps || 25) : 0;
  const tierShare = tier === "light" ? lightShare : 1;
  const pictureUnits = (pixelsPerSecond / unitPixelsPerSecond) * tierShare;
  return pictureUnits * (decodeShare + (1 - decodeShare) * detectorShare) + audio.length * soundUnits;
}
