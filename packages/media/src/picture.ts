import type { LumaRows, Picture, PictureFormat, ScanOrder, SmallPicture } from "@glasswatch/core/media";
import {
  AV_FRAME_FLAG_CORRUPT,
  AV_FRAME_FLAG_INTERLACED,
  AV_FRAME_FLAG_KEY,
  AV_FRAME_FLAG_TOP_FIELD_FIRST,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_GRAY16LE,
  AVCOL_RANGE_JPEG,
  type AVPixelFormat,
  SWS_POINT,
} from "node-av/constants";
import { avGetPixFmtFromName, avGetPixFmtName, type Frame, SoftwareScaleContext } from "node-av/lib";
import { createCanvas } from "./canvas.ts";
import { createLumaCopier, type LumaCopier } from "./luma-copier.ts";
import { createLumaSampler, rowStepOf } from "./luma-sampler.ts";
import { type PictureLayout, pictureLayout } from "./picture-layout.ts";
import { createShrinker, type Shrinker } from "./small-picture.ts";
import type { MutableTiming } from "./timed-unit.ts";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The one picture of a track, overwritten for each frame. */
export type MutablePicture = MutableTiming & Mutable<Picture>;

/** Turns the decoder's frames of one track into pictures. */
export interface PictureMaker {
  readonly unit: MutablePicture;
  /** Fills the unit but for its timing. It lives until the next call, or until the frame is released. */
  fill(frame: Frame, inDamagedPacket: boolean): void;
  close(): void;
}

/** What is taken of the decoder's pictures of one size and format. */
interface Copier {
  readonly luma: LumaRows;
  /** Takes what every picture is measured by; gives the frame that smaller pictures can be made of. */
  take(frame: Frame): Frame;
  /** All rows of luma of the frame that `take` gave last. */
  readLuma(frame: Frame): LumaRows;
  close(): void;
}

interface CopierOptions {
  readonly width: number;
  readonly height: number;
  readonly from: AVPixelFormat;
  readonly layout: PictureLayout;
}

function createCopier({ width, height, layout }: CopierOptions): Copier {
  const gray = layout.bitDepth > 8 ? AV_PIX_FMT_GRAY16LE : AV_PIX_FMT_GRAY8;
  const sampler = createLumaSampler({ width, height, gray });
  let whole: LumaCopier | undefined;
  return {
    luma: sampler.luma,
    take(frame) {
      sampler.take(frame);
      return frame;
    },
    readLuma(frame) {
      if (rowStepOf(height) === 1) return sampler.luma;
      whole ??= createLumaCopier({ width, height, gray });
      return whole.copy(frame);
    },
    close() {
      sampler.close();
      whole?.close();
    },
  };
}

/** For formats whose luma is no plane of its own: the whole picture is converted at once. */
function createConverter({ width, height, from, layout }: CopierOptions): Copier {
  const to = avGetPixFmtFromName(layout.pixelFormat);
  const canvas = createCanvas(width, height, to);
  const scaler = new SoftwareScaleContext();
  scaler.getContext(width, height, from, width, height, to, SWS_POINT);
  const rowStep = rowStepOf(height);
  const [bytes = new Uint8Array()] = canvas.planes;
  const [strideBytes = 0] = canvas.strides;
  return {
    luma: { bytes, strideBytes: strideBytes * rowStep, rows: Math.ceil(height / rowStep) },
    take(frame) {
      scaler.scaleFrameSync(canvas.frame, frame);
      return canvas.frame;
    },
    readLuma: () => ({ bytes, strideBytes, rows: height }),
    close() {
      canvas.close();
      scaler.freeContext();
    },
  };
}

export function createPictureMaker(track: number): PictureMaker {
  let layout: PictureLayout | undefined;
  let pixelFormat: AVPixelFormat | undefined;
  let copier: Copier | undefined;
  let taken: Frame | undefined;
  let shrinker: Shrinker | undefined;
  /** Of the picture at hand, once they were asked for. */
  let small: SmallPicture | undefined;
  let whole: LumaRows | undefined;
  const unit: MutablePicture = {
    kind: "picture",
    track,
    timeSeconds: 0,
    durationSeconds: 0,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    format: { width: 0, height: 0, bitDepth: 8, chroma: null, fullRange: false },
    luma: { bytes: new Uint8Array(), strideBytes: 0, rows: 0 },
    readSmall,
    readLuma,
    scanOrder: "progressive",
    keyFrame: false,
    damaged: false,
    pixelAspectRatio: 1,
  };

  /** Formats change rarely, so what depends on them is kept until they do. */
  function copierFor(frame: Frame): Copier {
    const { width, height, colorRange } = frame;
    const next = frame.format as AVPixelFormat;
    const { format } = unit;
    const sameSize = format.width === width && format.height === height;
    if (copier === undefined || layout === undefined || pixelFormat !== next || !sameSize) {
      layout = pictureLayout(avGetPixFmtName(next) ?? "");
      pixelFormat = next;
      copier?.close();
      forgetShrinker();
      copier = (layout.converted ? createConverter : createCopier)({ width, height, from: next, layout });
      unit.luma = copier.luma;
    }
    const fullRange = layout.fullRange ?? colorRange === AVCOL_RANGE_JPEG;
    const { bitDepth, chroma } = layout;
    if (!sameSize || format.bitDepth !== bitDepth || format.chroma !== chroma || format.fullRange !== fullRange) {
      unit.format = { width, height, bitDepth, chroma, fullRange } satisfies PictureFormat;
    }
    return copier;
  }

  function readSmall(): SmallPicture {
    if (!taken) throw new Error("there is no picture yet");
    shrinker ??= createShrinker({
      width: unit.format.width,
      height: unit.format.height,
      pixelAspectRatio: unit.pixelAspectRatio,
      format: taken.format as AVPixelFormat,
    });
    small ??= shrinker.shrink(taken);
    return small;
  }

  function readLuma(): LumaRows {
    if (!taken || !copier) throw new Error("there is no picture yet");
    whole ??= copier.readLuma(taken);
    return whole;
  }

  function forgetShrinker(): void {
    shrinker?.close();
    shrinker = undefined;
  }

  function fill(frame: Frame, inDamagedPacket: boolean): void {
    const { flags } = frame;
    taken = copierFor(frame).take(frame);
    small = undefined;
    whole = undefined;
    const { num, den } = frame.sampleAspectRatio;
    const pixelAspectRatio = num > 0 && den > 0 ? num / den : 1;
    if (pixelAspectRatio !== unit.pixelAspectRatio) forgetShrinker();
    unit.pixelAspectRatio = pixelAspectRatio;
    unit.scanOrder = scanOrderOf(flags);
    unit.keyFrame = (flags & AV_FRAME_FLAG_KEY) !== 0;
    unit.damaged = inDamagedPacket || (flags & AV_FRAME_FLAG_CORRUPT) !== 0 || frame.decodeErrorFlags !== 0;
  }

  return {
    unit,
    fill,
    close() {
      copier?.close();
      forgetShrinker();
    },
  };
}

function scanOrderOf(flags: number): ScanOrder {
  if ((flags & AV_FRAME_FLAG_INTERLACED) === 0) return "progressive";
  return (flags & AV_FRAME_FLAG_TOP_FIELD_FIRST) === 0 ? "bottom-field-first" : "top-field-first";
}
