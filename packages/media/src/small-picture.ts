import type { SmallPicture } from "@glasswatch/core/media";
import {
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  type AVPixelFormat,
  SWS_POINT,
} from "node-av/constants";
import { avGetPixFmtName, type Frame, SoftwareScaleContext } from "node-av/lib";
import { createCanvas } from "./canvas.ts";

/** Shrinks pictures of one size, shape and format. */
export interface Shrinker {
  /** The small picture is overwritten by the next call. */
  shrink(frame: Frame): SmallPicture;
  close(): void;
}

export interface ShrinkerOptions {
  readonly width: number;
  readonly height: number;
  readonly pixelAspectRatio: number;
  readonly format: AVPixelFormat;
}

const mostColumns = 320;
/** However tall the picture: a phone's upright one has 568 lines at this width. */
const mostLines = 720;

export function createShrinker({ width, height, pixelAspectRatio, format }: ShrinkerOptions): Shrinker {
  const columns = even(Math.min(mostColumns, width));
  const lines = Math.min(mostLines, even((columns * height) / (width * pixelAspectRatio)));
  const to = smallFormat(avGetPixFmtName(format) ?? "");
  const canvas = createCanvas(columns, lines, to);
  const scaler = new SoftwareScaleContext();
  scaler.getContext(width, height, format, columns, lines, to, SWS_POINT);
  const [luma, cb, cr] = canvas.planes as [Uint8Array, Uint8Array | undefined, Uint8Array | undefined];
  const noColour = new Uint8Array((columns * lines) / 4).fill(128);
  const small: SmallPicture = {
    width: columns,
    height: lines,
    planes: [luma, cb ?? noColour, cr ?? noColour],
    strides: [canvas.strides[0] as number, canvas.strides[1] ?? columns / 2, canvas.strides[2] ?? columns / 2],
  };
  return {
    shrink(frame) {
      scaler.scaleFrameSync(canvas.frame, frame);
      return small;
    },
    close() {
      canvas.close();
      scaler.freeContext();
    },
  };
}

/** FFmpeg's scaler takes gray and the formats named yuvj for full range, and would compress them to limited range. */
function smallFormat(name: string): AVPixelFormat {
  if (/^gray/.test(name)) return AV_PIX_FMT_GRAY8;
  return name.startsWith("yuvj") ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
}

function even(value: number): number {
  return Math.max(2, 2 * Math.round(value / 2));
}
