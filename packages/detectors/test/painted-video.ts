import type { Detection, Detector, FinishReason } from "@glasswatch/core/detector";
import type { Picture } from "@glasswatch/core/media";
import type { VideoFeatures } from "@glasswatch/core/video-features";
import { openVideoFeatures } from "@glasswatch/kernels/video-features";
import type { z } from "zod";
import { smallPicture } from "../../../test/support/small-picture.ts";

/** One sample of Y, Cb and Cr at a place of picture `n`. */
export type Paint = (x: number, y: number, n: number) => readonly [y: number, cb: number, cr: number];

export interface PaintedVideo {
  readonly paint: Paint;
  readonly pictures: number;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  readonly bitDepth?: number;
  readonly fullRange?: boolean;
}

/** Pictures in 4:4:4, painted sample by sample. */
export function* paintVideo(video: PaintedVideo): Generator<Picture> {
  const { paint, pictures, width = 160, height = 96, fps = 25, bitDepth = 8, fullRange = false } = video;
  const bytesPerSample = bitDepth > 8 ? 2 : 1;
  const scale = 2 ** (bitDepth - 8);
  for (let n = 0; n < pictures; n++) {
    const planes = [0, 1, 2].map(() => new Uint8Array(width * height * bytesPerSample));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (const [index, sample] of paint(x, y, n).entries()) {
          const value = Math.round(Math.min(255, Math.max(0, sample)) * scale);
          const at = (y * width + x) * bytesPerSample;
          const plane = planes[index] as Uint8Array;
          plane[at] = value & 255;
          if (bytesPerSample === 2) plane[at + 1] = value >> 8;
        }
      }
    }
    const format = { width, height, bitDepth, chroma: { shiftX: 0, shiftY: 0 }, fullRange };
    const rows = { bytes: planes[0] as Uint8Array, strideBytes: width * bytesPerSample, rows: height };
    yield {
      kind: "picture",
      track: 0,
      timeSeconds: n / fps,
      durationSeconds: 1 / fps,
      clockStepSeconds: 0,
      declaredDiscontinuity: false,
      format,
      luma: rows,
      readSmall: () => smallPicture(format, planes),
      readLuma: () => rows,
      scanOrder: "progressive",
      keyFrame: false,
      damaged: false,
      pixelAspectRatio: 1,
    };
  }
}

/** Everything that a detector tells of some pictures, with its default options. */
export function watch<Needs extends keyof VideoFeatures, Options extends z.ZodObject, Expectation extends z.ZodType>(
  detector: Detector<"video", Needs, Options, Expectation>,
  pictures: Iterable<Picture>,
  finish: FinishReason = "end",
): Detection[] {
  const { features, analyse } = openVideoFeatures();
  const instance = detector.open({
    options: detector.options.parse({}),
    expectation: undefined,
    track: { track: 0, codec: "rawvideo", width: 160, height: 96, fps: 25, pixelFormat: "yuv444p" },
  });
  const told: Detection[] = [];
  for (const picture of pictures) {
    analyse(picture);
    told.push(...(instance.push(features) ?? []));
  }
  told.push(...(instance.finish(finish) ?? []));
  return told;
}

/** `[start, end, severity]` of each defect that was closed, times in pictures at 25 a second. */
export function closedSpans(told: readonly Detection[]): (readonly [number, number, string])[] {
  return told
    .filter(({ state }) => state === "closed")
    .map(({ startSeconds, endSeconds, severity }) => [
      Math.round(25 * startSeconds),
      Math.round(25 * (endSeconds ?? Number.NaN)),
      severity,
    ]);
}

/** A textured scene, moved by whole samples. */
export function scene(x: number, y: number, shift: number): readonly [number, number, number] {
  const across = Math.sin((x + shift) / 4) + Math.sin((x + shift + 2 * y) / 9);
  return [120 + 35 * across + 20 * Math.sin(y / 3), 120, 134];
}

/** Repeatable noise, uniform in ±`amplitude`. */
export function noise(x: number, y: number, n: number, amplitude: number): number {
  let hash = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (((hash ^ (hash >>> 15)) >>> 0) / 2 ** 31 - 1) * amplitude;
}
