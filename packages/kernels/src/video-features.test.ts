import type { Picture, PictureFormat } from "@glasswatch/core/media";
import { describe, expect, test } from "vitest";
import { smallPicture } from "../../../test/support/small-picture.ts";
import { openVideoFeatures } from "./video-features.ts";

interface Shot {
  readonly width?: number;
  readonly height?: number;
  readonly bitDepth?: number;
  readonly fullRange?: boolean;
  readonly chroma?: PictureFormat["chroma"];
  readonly luma?: (x: number, y: number) => number;
  readonly timeSeconds?: number;
}

/** A picture with luma as given, at 8 bits, and chroma of 90 and 200. */
function shoot(shot: Shot): Picture {
  const { width = 64, height = 48, bitDepth = 8, fullRange = false, luma = () => 100, timeSeconds = 0 } = shot;
  const chroma = shot.chroma === undefined ? { shiftX: 1, shiftY: 1 } : shot.chroma;
  const size = bitDepth > 8 ? 2 : 1;
  const fill = (columns: number, rows: number, sample: (x: number, y: number) => number) => {
    const bytes = new Uint8Array(columns * rows * size);
    for (let i = 0; i < columns * rows; i++) {
      const value = sample(i % columns, Math.floor(i / columns)) << (bitDepth - 8);
      bytes[i * size] = value & 255;
      if (size === 2) bytes[i * size + 1] = value >> 8;
    }
    return bytes;
  };
  const planes = [fill(width, height, luma)];
  if (chroma) {
    const columns = -(-width >> chroma.shiftX);
    const rows = -(-height >> chroma.shiftY);
    planes.push(
      fill(columns, rows, () => 90),
      fill(columns, rows, () => 200),
    );
  }
  const format = { width, height, bitDepth, chroma, fullRange };
  const rows = { bytes: planes[0] as Uint8Array, strideBytes: width * size, rows: height };
  return {
    kind: "picture",
    track: 0,
    timeSeconds,
    durationSeconds: 0.04,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    format,
    luma: rows,
    readSmall: () => smallPicture(format, planes),
    readLuma: () => rows,
    scanOrder: "progressive",
    keyFrame: true,
    damaged: false,
    pixelAspectRatio: 1,
  };
}

describe("luma", () => {
  const sizes = [
    { width: 2, height: 2 },
    { width: 33, height: 17 },
    { width: 640, height: 480 },
    { width: 1920, height: 1080 },
  ];
  test.each(sizes)("of $width×$height: mean and deviation over the sampled rows", (size) => {
    const { features, analyse } = openVideoFeatures();
    analyse(shoot({ ...size, luma: (x) => (x % 2 === 0 ? 90 : 110) }));
    expect(features.luma.mean).toBeCloseTo(100, 0);
    expect(features.luma.standardDeviation).toBeCloseTo(10, 1);
    expect(features.luma.histogram[90]).toBeGreaterThanOrEqual(features.luma.sampleCount / 2);
  });

  test.each([8, 10, 12, 16])("is on the 8-bit scale at %i bits, in the range of the source", (bitDepth) => {
    const { features, analyse } = openVideoFeatures();
    analyse(shoot({ bitDepth, fullRange: true, luma: () => 77 }));
    expect(features.luma).toMatchObject({ mean: 77, standardDeviation: 0, black: 0, white: 255 });
    analyse(shoot({ bitDepth, luma: () => 77 }));
    expect(features.luma).toMatchObject({ mean: 77, black: 16, white: 235 });
  });
});

describe("motion", () => {
  test("shows a small mover in the peak and not in the mean", () => {
    const { features, analyse } = openVideoFeatures();
    analyse(shoot({ width: 640, height: 480, luma: (x, y) => (x + y) % 200 }));
    analyse(
      shoot({ width: 640, height: 480, luma: (x, y) => (x < 24 && y < 24 ? 235 : (x + y) % 200), timeSeconds: 0.04 }),
    );
    expect(features.motion.meanDifference).toBeLessThan(1);
    expect(features.motion.peakDifference).toBe(63.9375);
    expect(features.motion.still).toBe(false);
  });

  test("a new size begins anew, with nothing of the old one in it", () => {
    const { features, analyse } = openVideoFeatures();
    analyse(shoot({ timeSeconds: 0 }));
    analyse(shoot({ timeSeconds: 1 }));
    expect(features.motion).toMatchObject({ still: true, stillSinceSeconds: 0 });
    analyse(shoot({ timeSeconds: 2, width: 1280, height: 720, luma: () => 200 }));
    expect(features.motion).toMatchObject({ still: false, stillSinceSeconds: 2, meanDifference: 0 });
    analyse(shoot({ timeSeconds: 3, width: 1280, height: 720, luma: () => 200 }));
    expect(features.motion).toMatchObject({ still: true, stillSinceSeconds: 2 });
  });

  test("a new bit depth of the same picture is no motion", () => {
    const { features, analyse } = openVideoFeatures();
    for (const [timeSeconds, bitDepth] of [8, 8, 10, 10].entries()) {
      analyse(shoot({ timeSeconds, bitDepth, luma: (x, y) => 40 + ((x * y) % 150) }));
    }
    expect(features.motion).toMatchObject({ meanDifference: 0, still: true });
  });
});

describe("thumbnail", () => {
  test.each([
    { chroma: { shiftX: 1, shiftY: 1 }, bitDepth: 8 },
    { chroma: { shiftX: 1, shiftY: 0 }, bitDepth: 10 },
    { chroma: { shiftX: 0, shiftY: 0 }, bitDepth: 12 },
  ])("has the colours of %o", ({ chroma, bitDepth }) => {
    const { features, analyse } = openVideoFeatures();
    analyse(shoot({ width: 101, height: 59, chroma, bitDepth, luma: (x) => (x < 50 ? 60 : 180) }));
    const { luma, cb, cr, lumaDeviation } = features.thumbnail.read();
    expect([luma[0], luma[31], cb[300], cr[300], lumaDeviation[0]]).toEqual([60, 180, 90, 200, 0]);
  });

  test("is grey where there is no colour, and made anew for each picture", () => {
    const { features, analyse } = openVideoFeatures();
    analyse(shoot({ chroma: null }));
    expect(features.thumbnail.read()).toMatchObject({
      cb: new Uint8Array(576).fill(128),
      luma: new Uint8Array(576).fill(100),
    });
    analyse(shoot({ chroma: null, luma: () => 40 }));
    expect(features.thumbnail.read().luma[0]).toBe(40);
  });
});
