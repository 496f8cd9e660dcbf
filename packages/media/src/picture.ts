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
  /** Fills the unit but for its timing. Its planes live until the next call. */
  fill(frame: Frame, inDamagedPacket: boolean): void;
  close(): void;
}

/** Our own copy of the decoder's picture: its memory stays in place, so its planes are mapped into JavaScript once. */
interface Canvas {
  readonly planes: readonly Uint8Array[];
  readonly strides: readonly number[];
  paint(frame: Frame): void;
  close(): void;
}

interface CanvasOptions {
  readonly width: number;
  readonly height: number;
  readonly from: AVPixelFormat;
  readonly layout: PictureLayout;
}

/**
 * Mapping the planes of every frame costs more than copying them: V8 takes each for new memory, 3 MB for a picture of
 * 1080 lines, and collects garbage all the time (measured: a quarter of the decode).
 */
function createCanvas({ width, height, from, layout }: CanvasOptions): Canvas {
  const to = layout.converted ? avGetPixFmtFromName(layout.pixelFormat) : from;
  const picture = new Frame();
  picture.alloc();
  picture.width = width;
  picture.height = height;
  picture.format = to;
  picture.getBuffer();
  const count = layout.chroma ? 3 : 1;
  let scaler: SoftwareScaleContext | undefined;
  if (layout.converted) {
    scaler = new SoftwareScaleContext();
    scaler.getContext(width, height, from, width, height, to, SWS_POINT);
  }
  return {
    planes: (picture.data ?? []).slice(0, count),
    strides: picture.linesize.slice(0, count),
    paint(frame) {
      if (scaler) scaler.scaleFrameSync(picture, frame);
      else picture.copy(frame);
    },
    close() {
      picture.free();
      scaler?.freeContext();
    },
  };
}

export function createPictureMaker(track: number): PictureMaker {
  let layout: PictureLayout | undefined;
  let pixelFormat: AVPixelFormat | undefined;
  let canvas: Canvas | undefined;
  const unit: MutablePicture = {
    kind: "picture",
    track,
    timeSeconds: 0,
    durationSeconds: 0,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    format: { width: 0, height: 0, bitDepth: 8, chroma: null, fullRange: false },
    planes: [],
    strides: [],
    keyFrame: false,
    damaged: false,
    pixelAspectRatio: 1,
  };

  /** Formats change rarely, so what depends on them is kept until they do. */
  function canvasFor(frame: Frame): Canvas {
    const { width, height, colorRange } = frame;
    const next = frame.format as AVPixelFormat;
    const { format } = unit;
    const sameSize = format.width === width && format.height === height;
    if (canvas === undefined || layout === undefined || pixelFormat !== next || !sameSize) {
      layout = pictureLayout(avGetPixFmtName(next) ?? "");
      pixelFormat = next;
      canvas?.close();
      canvas = createCanvas({ width, height, from: next, layout });
      unit.planes = canvas.planes;
      unit.strides = canvas.strides;
    }
    const fullRange = layout.fullRange ?? colorRange === AVCOL_RANGE_JPEG;
    const { bitDepth, chroma } = layout;
    if (!sameSize || format.bitDepth !== bitDepth || format.chroma !== chroma || format.fullRange !== fullRange) {
      unit.format = { width, height, bitDepth, chroma, fullRange } satisfies PictureFormat;
    }
    return canvas;
  }

  function fill(frame: Frame, inDamagedPacket: boolean): void {
    const { flags } = frame;
    canvasFor(frame).paint(frame);
    unit.keyFrame = (flags & AV_FRAME_FLAG_KEY) !== 0;
    unit.damaged = inDamagedPacket || (flags & AV_FRAME_FLAG_CORRUPT) !== 0 || frame.decodeErrorFlags !== 0;
    const { num, den } = frame.sampleAspectRatio;
    unit.pixelAspectRatio = num > 0 && den > 0 ? num / den : 1;
  }

  return {
    unit,
    fill,
    close() {
      canvas?.close();
    },
  };
}
