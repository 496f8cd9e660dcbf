import type { Picture } from "@glasswatch/core/media";
import type { VideoFeatures } from "@glasswatch/core/video-features";
import { openAtHand } from "./at-hand.ts";
import { openDetailKernel } from "./detail-kernel.ts";
import { type HalvingFunctions, openHalfPlane } from "./half-plane.ts";
import { type BlockStepFunctions, openBlockGrid } from "./video-block-grid.ts";
import { type ContourFunctions, openContours } from "./video-contours.ts";
import { type EdgeFunctions, openEdgeSharpness } from "./video-edge-sharpness.ts";
import { type FieldFunctions, openFields } from "./video-fields.ts";
import { openGridBreaks } from "./video-grid-breaks.ts";
import { openVideoKernel } from "./video-kernel.ts";
import { openLitProfile } from "./video-lit-profile.ts";
import { openLumaGrid } from "./video-luma-grid.ts";
import { type OutlierFunctions, openOutliers } from "./video-outliers.ts";
import { openStillness } from "./video-stillness.ts";
import { openThumbnail } from "./video-thumbnail.ts";

export interface VideoFeatureExtractor {
  /** Overwritten by every `analyse`. */
  readonly features: VideoFeatures;
  /** Measures the next picture of the track. Its samples are read before this returns, and later by what is measured when asked for. */
  analyse(picture: Picture): void;
}

type DetailFunctions = BlockStepFunctions &
  ContourFunctions &
  EdgeFunctions &
  FieldFunctions &
  HalvingFunctions &
  OutlierFunctions;

/** All rows of small pictures; of the rows that there are of others, four in eight, above 720 lines two. */
function countedRows(height: number): number {
  if (height > 720) return 0b0001_0001;
  return height > 360 ? 0b0110_1001 : 0b1111_1111;
}

export function openVideoFeatures(): VideoFeatureExtractor {
  const kernel = openVideoKernel();
  const stillness = openStillness(kernel);
  const atHand = openAtHand();
  const { frame, luma } = atHand;
  const detail = openDetailKernel<DetailFunctions>(atHand);
  const half = openHalfPlane(atHand, detail);

  function place(picture: Picture): void {
    const {
      format,
      luma: { rows },
    } = picture;
    if (format.width !== frame.width || format.height !== frame.height) stillness.restart(format.width, rows);
    atHand.picture = picture;
    frame.timeSeconds = picture.timeSeconds;
    frame.durationSeconds = picture.durationSeconds;
    frame.index++;
    frame.width = format.width;
    frame.height = format.height;
    frame.keyFrame = picture.keyFrame;
    frame.damaged = picture.damaged;
    frame.scanOrder = picture.scanOrder;
    frame.bitDepth = format.bitDepth;
    luma.black = format.fullRange ? 0 : 16;
    luma.white = format.fullRange ? 255 : 235;
  }

  function summarise(codeValues: Uint32Array): void {
    luma.histogram.set(codeValues);
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let value = 0; value < 256; value++) {
      const pixels = codeValues[value] as number;
      count += pixels;
      sum += pixels * value;
      squares += pixels * value * value;
    }
    luma.sampleCount = count;
    luma.mean = sum / count;
    luma.standardDeviation = Math.sqrt(Math.max(0, squares / count - luma.mean ** 2));
  }

  return {
    features: {
      frame,
      luma,
      motion: stillness.motion,
      thumbnail: openThumbnail(atHand),
      lumaGrid: openLumaGrid(atHand),
      fields: openFields(atHand, detail),
      litProfile: openLitProfile(atHand, kernel),
      outliers: openOutliers(atHand, detail),
      blockGrid: openBlockGrid(atHand, detail, half),
      edgeSharpness: openEdgeSharpness(atHand, detail),
      contours: openContours(atHand, detail, half),
      gridBreaks: openGridBreaks(atHand, kernel),
    },
    analyse(picture) {
      const { format, luma: rows } = picture;
      const sameSize = format.width === frame.width && format.height === frame.height;
      place(picture);
      const slot = stillness.freeSlot();
      const othersLost = kernel.store(slot, rows, format);
      if (othersLost) stillness.restart(format.width, rows.rows);
      atHand.before = sameSize && !othersLost ? atHand.slot : undefined;
      atHand.slot = slot;
      kernel.count(slot, countedRows(format.height));
      summarise(kernel.codeValues);
      stillness.advance(picture.timeSeconds, luma);
    },
  };
}
