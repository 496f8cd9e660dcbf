import type { GridBreaks, GridBreaksFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import { onceAPicture } from "./once-a-picture.ts";
import type { VideoKernel } from "./video-kernel.ts";

/** Of the borders of large pictures, every second is looked at, and the others in the next picture. */
const allBordersUpTo = 600;

export function openGridBreaks(atHand: AtHand, kernel: VideoKernel): GridBreaksFeature {
  const measured = { share: 0, midwayShare: 0, looked: 0, columns: 0, rows: 0, broken: kernel.brokenSegments };

  return onceAPicture(atHand, (): GridBreaks => {
    const { frame, picture, slot, before } = atHand;
    if (!picture) return measured;
    const lumaRows = picture.luma.rows;
    const pitch = Math.max(4, 16 / Math.max(1, Math.round(frame.height / lumaRows)));
    const columns = frame.width >> 4;
    const rows = Math.floor((lumaRows - 2) / pitch);
    const step = frame.height > allBordersUpTo ? 2 : 1;
    const first = step === 1 || frame.index % 2 === 1 ? 1 : 2;
    const borders = Math.max(0, Math.ceil((rows - first) / step));
    const looked = before === undefined ? 0 : borders * columns;
    const counts = looked === 0 || before === undefined ? 0 : kernel.gridBreaks(slot, before, pitch, first, step);
    measured.looked = looked;
    measured.share = looked === 0 ? 0 : (counts & 0xffff) / looked;
    measured.midwayShare = looked === 0 ? 0 : (counts >>> 16) / looked;
    measured.columns = columns;
    measured.rows = rows;
    measured.broken = kernel.brokenSegments;
    return measured;
  });
}
