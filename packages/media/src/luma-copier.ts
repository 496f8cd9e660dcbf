import type { LumaRows } from "@glasswatch/core/media";
import type { AVPixelFormat } from "node-av/constants";
import type { Frame } from "node-av/lib";
import { createCanvas } from "./canvas.ts";
import type { LumaSamplerOptions } from "./luma-sampler.ts";

/** Copies all rows of luma out of the decoder's pictures of one size and format. */
export interface LumaCopier {
  /** The rows are overwritten by the next call. */
  copy(frame: Frame): LumaRows;
  close(): void;
}

export function createLumaCopier({ width, height, gray }: LumaSamplerOptions): LumaCopier {
  const canvas = createCanvas(width, height, gray);
  const rows: LumaRows = {
    bytes: canvas.planes[0] as Uint8Array,
    strideBytes: canvas.strides[0] as number,
    rows: height,
  };
  return {
    copy(frame) {
      const format = frame.format as AVPixelFormat;
      // The luma plane of every planar format is a gray picture.
      frame.format = gray;
      canvas.copy(frame);
      frame.format = format;
      return rows;
    },
    close: canvas.close,
  };
}
