import type { FrameFeature, VideoFeatures } from "@glasswatch/core/features";
import type { DetailKernel } from "./detail-kernel.ts";
import { type HalvingFunctions, openHalfPlane } from "./half-plane.ts";
import { type BlockStepFunctions, openBlockGrid } from "./video-block-grid.ts";
import { type ContourFunctions, openContours } from "./video-contours.ts";
import { type EdgeFunctions, openEdgeSharpness } from "./video-edge-sharpness.ts";

export type SpatialFunctions = HalvingFunctions & BlockStepFunctions & EdgeFunctions & ContourFunctions;

/** What is measured on all pixels of single pictures, for those that are asked about. */
export interface SpatialMeasurements {
  readonly features: Pick<VideoFeatures, "blockGrid" | "edgeSharpness" | "contours">;
  /** The kernel shows another picture. */
  renew(): void;
}

export function openSpatialMeasurements(
  detail: DetailKernel<SpatialFunctions>,
  frame: FrameFeature,
): SpatialMeasurements {
  const half = openHalfPlane(detail);
  const blockGrid = openBlockGrid(detail, half, frame);
  const edgeSharpness = openEdgeSharpness(detail, frame);
  const contours = openContours(detail, half);

  return {
    features: {
      blockGrid: blockGrid.feature,
      edgeSharpness: edgeSharpness.feature,
      contours: contours.feature,
    },
    renew() {
      half.renew();
      blockGrid.renew();
      edgeSharpness.renew();
      contours.renew();
    },
  };
}
