import type { GridBreaks } from "@glasswatch/core/features";
import type { PictureFormat } from "@glasswatch/core/media";
import { type OnceAPicture, onceAPicture } from "./once-a-picture.ts";
import type { Slot, VideoKernel } from "./video-kernel.ts";

export interface LazyGridBreaks extends OnceAPicture<GridBreaks> {
  /** `rows` of luma are there. `before` is undefined where there is nothing to compare with. */
  show(slot: Slot, before: Slot | undefined, format: PictureFormat, rows: number): void;
}

/** Of the borders of large pictures, every second is looked at, and the others in the next picture. */
const allBordersUpTo = 600;

export function openGridBreaks(kernel: VideoKernel): LazyGridBreaks {
  const measured = { share: 0, midwayShare: 0, looked: 0, columns: 0, rows: 0, broken: kernel.brokenSegments };
  let current: Slot = 0;
  let previous: Slot | undefined;
  let pitch = 16;
  let columns = 0;
  let rows = 0;
  let step = 1;
  let first = 1;

  function measure(): GridBreaks {
    const borders = Math.max(0, Math.ceil((rows - first) / step));
    const looked = previous === undefined ? 0 : borders * columns;
    const counts =
      looked === 0 || previous === undefined ? 0 : kernel.gridBreaks(current, previous, pitch, first, step);
    measured.looked = looked;
    measured.share = looked === 0 ? 0 : (counts & 0xffff) / looked;
    measured.midwayShare = looked === 0 ? 0 : (counts >>> 16) / looked;
    measured.columns = columns;
    measured.rows = rows;
    measured.broken = kernel.brokenSegments;
    return measured;
  }

  return {
    ...onceAPicture(measure),
    show(slot, before, format, lumaRows) {
      current = slot;
      previous = before;
      const rowsPerRow = Math.max(1, Math.round(format.height / lumaRows));
      pitch = Math.max(4, 16 / rowsPerRow);
      columns = format.width >> 4;
      rows = Math.floor((lumaRows - 2) / pitch);
      step = format.height > allBordersUpTo ? 2 : 1;
      first = step === 1 || first === 2 ? 1 : 2;
    },
  };
}
