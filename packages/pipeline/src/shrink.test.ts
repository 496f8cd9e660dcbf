import type { Picture } from "@glasswatch/core/media";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shrink } from "./shrink.ts";

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly chroma: Picture["format"]["chroma"];
  readonly pixelAspectRatio?: number;
}

/** Luma rises from left to right; Cb is 90 and Cr 160 on the 8-bit scale. */
function pictureOf({ width, height, bitDepth, chroma, pixelAspectRatio = 1 }: Shape): Picture {
  const scale = 2 ** (bitDepth - 8);
  const plane = (columns: number, rows: number, valueAt: (column: number) => number) => {
    const samples = Array.from({ length: columns * rows }, (_, i) => valueAt(i % columns) * scale);
    return bitDepth > 8 ? new Uint8Array(Uint16Array.from(samples).buffer) : Uint8Array.from(samples);
  };
  const bytes = bitDepth > 8 ? 2 : 1;
  const chromaWidth = chroma ? Math.ceil(width / 2 ** chroma.shiftX) : 0;
  const chromaHeight = chroma ? Math.ceil(height / 2 ** chroma.shiftY) : 0;
  const luma = plane(width, height, (column) => 16 + Math.floor((200 * column) / width));
  const colour = chroma
    ? [plane(chromaWidth, chromaHeight, () => 90), plane(chromaWidth, chromaHeight, () => 160)]
    : [];
  return {
    kind: "picture",
    track: 0,
    timeSeconds: 1,
    durationSeconds: 0.04,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    format: { width, height, bitDepth, chroma, fullRange: false },
    luma: { bytes: luma, strideBytes: width * bytes, rows: height, rowStep: 1 },
    readPlanes: () => ({
      planes: [luma, ...colour],
      strides: [width * bytes, chromaWidth * bytes, chromaWidth * bytes],
    }),
    keyFrame: true,
    damaged: false,
    pixelAspectRatio,
  };
}

const shapes = fc.record({
  width: fc.integer({ min: 1, max: 400 }),
  height: fc.integer({ min: 1, max: 120 }),
  bitDepth: fc.constantFrom(8, 10, 12),
  chroma: fc.constantFrom(null, { shiftX: 1, shiftY: 1 }, { shiftX: 1, shiftY: 0 }, { shiftX: 0, shiftY: 0 }),
});

test("every shape of picture becomes a small 4:2:0 one with its tones and colours", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const { width, height, yuv420 } = shrink(pictureOf(shape));
      expect(width % 2 === 0 && height % 2 === 0 && width <= 320).toBe(true);
      expect(yuv420.length).toBe((width * height * 3) / 2);
      const row = yuv420.subarray(0, width);
      expect([...row]).toEqual([...row].sort((a, b) => a - b));
      expect(new Set(yuv420.subarray(width * height))).toEqual(new Set(shape.chroma ? [90, 160] : [128]));
    }),
    { numRuns: 60 },
  );
});

test("an anamorphic picture is shown as it is meant", () => {
  const { width, height } = shrink(
    pictureOf({ width: 720, height: 576, bitDepth: 8, chroma: null, pixelAspectRatio: 64 / 45 }),
  );
  expect(width / height).toBeCloseTo(16 / 9, 1);
});
