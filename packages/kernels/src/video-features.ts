import type { FrameFeature, LumaFeature, VideoFeatures } from "@glasswatch/core/features";
import type { Picture } from "@glasswatch/core/media";
import { openDetailKernel } from "./detail-kernel.ts";
import { openSpatialMeasurements, type SpatialFunctions } from "./spatial-measurements.ts";
import { type FieldFunctions, openFields } from "./video-fields.ts";
import { openGridBreaks } from "./video-grid-breaks.ts";
import { openVideoKernel, type Slot } from "./video-kernel.ts";
import { openLitProfile } from "./video-lit-profile.ts";
import { openLumaGrid } from "./video-luma-grid.ts";
import { type OutlierFunctions, openOutliers } from "./video-outliers.ts";
import { openStillness } from "./video-stillness.ts";
import { openThumbnail } from "./video-thumbnail.ts";

export interface VideoFeatureExtractor {
  /** Overwritten by every `analyse`. */
  readonly features: VideoFeatures;
  /** Measures the next picture of the track. Its planes are read before this returns, and by `thumbnail.read()` later. */
  analyse(picture: Picture): void;
}

/** All rows of small pictures; of the rows that there are of others, four in eight, above 720 lines two. */
function countedRows(height: number): number {
  if (height > 720) return 0b0001_0001;
  return height > 360 ? 0b0110_1001 : 0b1111_1111;
}

export function openVideoFeatures(): VideoFeatureExtractor {
  const kernel = openVideoKernel();
  const stillness = openStillness(kernel);
  const thumbnail = openThumbnail();
  const lumaGrid = openLumaGrid();
  const detail = openDetailKernel<FieldFunctions & OutlierFunctions & SpatialFunctions>();
  const litProfile = openLitProfile(kernel);
  const gridBreaks = openGridBreaks(kernel);
  /** Where the picture before is; undefined where it had another size or there is none. */
  let before: Slot | undefined;
  const outliers = openOutliers(detail);
  const fields = openFields(detail);
  const frame: FrameFeature = {
    timeSeconds: 0,
    durationSeconds: 0,
    index: -1,
    width: 0,
    height: 0,
    keyFrame: false,
    damaged: false,
    scanOrder: "progressive",
    bitDepth: 8,
  };
  const luma: LumaFeature = {
    mean: 0,
    standardDeviation: 0,
    histogram: new Uint32Array(256),
    sampleCount: 0,
    black: 16,
    white: 235,
  };
  const spatial = openSpatialMeasurements(detail, frame);

  function place(picture: Picture): void {
    const {
      format,
      luma: { rows },
    } = picture;
    if (format.width !== frame.width || format.height !== frame.height) stillness.restart(format.width, rows);
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
      thumbnail: thumbnail.feature,
      lumaGrid: lumaGrid.feature,
      fields: fields.feature,
      litProfile: litProfile.feature,
      outliers: outliers.feature,
      gridBreaks: gridBreaks.feature,
      ...spatial.features,
    },
    analyse(picture) {
      const { format, luma: rows } = picture;
      const sameSize = format.width === frame.width && format.height === frame.height;
      place(picture);
      const slot = stillness.freeSlot();
      const othersLost = kernel.store(slot, rows, format);
      if (othersLost) stillness.restart(format.width, rows.rows);
      kernel.count(slot, countedRows(format.height));
      summarise(kernel.codeValues);
      stillness.advance(picture.timeSeconds, luma);
      thumbnail.show(picture);
      lumaGrid.show(picture);
      fields.renew();
      detail.show(picture);
      outliers.forget();
      spatial.renew();
      litProfile.show(slot, luma);
      gridBreaks.renew();
      gridBreaks.show(slot, sameSize && !othersLost ? before : undefined, format, rows.rows);
      before = slot;
    },
  };
}
