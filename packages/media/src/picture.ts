import type { Picture, PictureFormat } from "@glasswatch/core/media";
import {
  AV_FRAME_FLAG_CORRUPT,
  AV_FRAME_FLAG_KEY,
  AVCOL_RANGE_JPEG,
  type AVPixelFormat,
  SWS_POINT,
} from "node-av/constants";
import { avGetPixFmtFromName, avGetPixFmtName, Frame, SoftwareScaleContext } from "node-av/lib";
import { type PictureLayout, pictureLayout } from "./picture-layout.ts";
import type { MutableTiming } from "./timed-unit.ts";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The one picture of a track, overwritten for each frame. */
export type MutablePicture = MutableTiming & Mutable<Picture>;

/** Turns the decoder's frames of one track into pictures. */
export interface PictureMaker {
  readonly unit: MutablePicture;
  /** Fills the unit but for its timing. Its planes live as long as the frame, or until the next call. */
  fill(frame: Frame, inDamagedPacket: boolean): void;
  close(): void;
}

interface Converter {
  convert(frame: Frame): Frame;
  close(): void;
}

function createConverter(width: number, height: number, from: AVPixelFormat, to: AVPixelFormat): Converter {
  const scaler = new SoftwareScaleContext();
  scaler.getContext(width, height, from, width, height, to, SWS_POINT);
  const converted = new Frame();
  converted.alloc();
  converted.width = width;
  converted.height = height;
  converted.format = to;
  converted.getBuffer();
  return {
    convert(frame) {
      scaler.scaleFrameSync(converted, frame);
      return converted;
    },
    close() {
      converted.free();
      scaler.freeContext();
    },
  };
}

export function createPictureMaker(track: number): PictureMaker {
  const planes: Uint8Array[] = [];
  const strides: number[] = [];
  let layout: PictureLayout | undefined;
  let pixelFormat: AVPixelFormat | undefined;
  let converter: Converter | undefined;
  const unit: MutablePicture = {
    kind: "picture",
    track,
    timeSeconds: 0,
    durationSeconds: 0,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    format: { width: 0, height: 0, bitDepth: 8, chroma: null, fullRange: false },
    planes,
    strides,
    keyFrame: false,
    damaged: false,
    pixelAspectRatio: 1,
  };

  /** Formats change rarely, so the object that describes one is kept until it does. */
  function updateFormat(
    width: number,
    height: number,
    next: AVPixelFormat,
    signalledFullRange: boolean,
  ): PictureLayout {
    const { format } = unit;
    const sameSize = format.width === width && format.height === height;
    if (layout === undefined || pixelFormat !== next || !sameSize) {
      layout = pictureLayout(avGetPixFmtName(next) ?? "");
      pixelFormat = next;
      converter?.close();
      converter = layout.converted
        ? createConverter(width, height, next, avGetPixFmtFromName(layout.pixelFormat))
        : undefined;
    }
    const fullRange = layout.fullRange ?? signalledFullRange;
    const { bitDepth, chroma } = layout;
    if (!sameSize || format.bitDepth !== bitDepth || format.chroma !== chroma || format.fullRange !== fullRange) {
      unit.format = { width, height, bitDepth, chroma, fullRange } satisfies PictureFormat;
    }
    return layout;
  }

  function fill(frame: Frame, inDamagedPacket: boolean): void {
    const { flags } = frame;
    const { chroma } = updateFormat(
      frame.width,
      frame.height,
      frame.format as AVPixelFormat,
      frame.colorRange === AVCOL_RANGE_JPEG,
    );
    const shown = converter ? converter.convert(frame) : frame;
    const buffers = shown.data ?? [];
    const lineSizes = shown.linesize;
    const count = chroma ? 3 : 1;
    planes.length = count;
    strides.length = count;
    for (let plane = 0; plane < count; plane++) {
      planes[plane] = buffers[plane] as Uint8Array;
      strides[plane] = lineSizes[plane] as number;
    }
    unit.keyFrame = (flags & AV_FRAME_FLAG_KEY) !== 0;
    unit.damaged = inDamagedPacket || (flags & AV_FRAME_FLAG_CORRUPT) !== 0 || frame.decodeErrorFlags !== 0;
    const { num, den } = frame.sampleAspectRatio;
    unit.pixelAspectRatio = num > 0 && den > 0 ? num / den : 1;
  }

  return {
    unit,
    fill,
    close() {
      converter?.close();
    },
  };
}
