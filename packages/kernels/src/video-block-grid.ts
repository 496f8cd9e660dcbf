import type { BlockGrid, BlockGridFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import { type Comb, strongestComb } from "./block-comb.ts";
import type { DetailKernel, Plane } from "./detail-kernel.ts";
import { type OnceAPicture, onceAPicture } from "./once-a-picture.ts";

export interface BlockStepFunctions {
  stepsAcross(...planeStrideWidthHeightRowStepLeastCountsDrawnTally: readonly number[]): number;
  stepsDown(...planeStrideWidthHeightStripLeastCountsDrawn: readonly number[]): number;
}

/** Steps of fewer code values are not seen between blocks. */
const visibleStep = 3;
/** The blocks of MPEG and H.26x codecs. */
const codedPeriods = [8] as const;
/**
 * What these become when pictures are scaled up, on the half plane: by 5/4, 4/3, 3/2, 5/3, 20/11, 15/8, 2, 9/4, 8/3 and 3,
 * which lead from the common sizes to the common sizes.
 */
const scaledPeriods = [5, 16 / 3, 6, 20 / 3, 80 / 11, 7.5, 8, 9, 32 / 3, 12] as const;
/** A line in four tells as much of a large picture as all of them. */
const allLinesUpTo = 600;

export function openBlockGrid(
  atHand: AtHand,
  detail: DetailKernel<BlockStepFunctions>,
  half: OnceAPicture<Plane>,
): BlockGridFeature {
  let room = 0;
  let countsAt = 0;
  let drawnAt = 0;
  let tallyAt = 0;

  function makeRoom(length: number): void {
    if (length <= room) return;
    room = length;
    countsAt = detail.reserve(2 * length);
    drawnAt = detail.reserve(2 * length);
    tallyAt = detail.reserve(2 * length);
  }

  function across(plane: Plane, periods: readonly number[]): Comb {
    const { address, stride, width, height } = plane;
    const rowStep = height > allLinesUpTo ? 4 : 1;
    const active = detail.functions.stepsAcross(
      address,
      stride,
      width,
      height,
      rowStep,
      visibleStep,
      countsAt,
      drawnAt,
      tallyAt,
    );
    return strongestComb(view(width), periods, Math.ceil(height / rowStep), active);
  }

  function down(plane: Plane, periods: readonly number[]): Comb {
    const { address, stride, width, height } = plane;
    const strip = height > allLinesUpTo ? 4 : 1;
    const active = detail.functions.stepsDown(address, stride, width, height, strip, visibleStep, countsAt, drawnAt);
    return strongestComb(view(height), periods, 16 * Math.ceil(Math.floor(width / 16) / strip), active);
  }

  function view(length: number) {
    const { buffer } = detail.memory;
    return { steps: new Uint16Array(buffer, countsAt, length), drawn: new Uint16Array(buffer, drawnAt, length) };
  }

  /** Rows of two fields lie between one another, so that only steps within rows tell of blocks. */
  function measure(plane: Plane, periods: readonly number[], scale: number): BlockGrid {
    const columns = across(plane, periods);
    const rows = atHand.frame.scanOrder === "progressive" ? down(plane, periods) : columns;
    return {
      share: (columns.share + rows.share) / 2,
      weakerShare: Math.min(columns.share, rows.share),
      drawnShare: Math.max(columns.drawnShare, rows.drawnShare),
      width: scale * columns.period,
      height: scale * rows.period,
    };
  }

  return onceAPicture(atHand, () => {
    const whole = detail.plane();
    makeRoom(Math.max(whole.stride, whole.height) + 16);
    const coded = measure(whole, codedPeriods, 1);
    const scaled = measure(half.read(), scaledPeriods, 2);
    return coded.share >= scaled.share ? coded : scaled;
  });
}
