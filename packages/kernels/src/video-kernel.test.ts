import type { LumaRows, PictureFormat } from "@glasswatch/core/media";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceBins, openVideoKernel, type Slot } from "./video-kernel.ts";

/** Two pictures of one size and depth, each with a stride of its own and bytes of its own in the padding. */
const pairs = fc
  .record({
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 40 }),
    bitDepth: fc.constantFrom(8, 9, 10, 12, 16),
    padding: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })),
    lacksLastPadding: fc.boolean(),
    seeds: fc.tuple(fc.integer(), fc.integer()),
    rowMask: fc.integer({ min: 1, max: 255 }),
  })
  .map(({ width, height, bitDepth, padding, lacksLastPadding, seeds, rowMask }) => ({
    planes: [0, 1].map((index) => {
      const samples = randomSamples(width * height, bitDepth, seeds[index] as number);
      return {
        samples,
        luma: layOut(samples, { width, height, bitDepth, padding: padding[index] as number, lacksLastPadding }),
      };
    }),
    format: { width, bitDepth },
    rowMask,
  }));

function randomSamples(count: number, bitDepth: number, seed: number): Uint16Array {
  let state = seed | 1;
  return Uint16Array.from({ length: count }, () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return (state >>> 8) & (2 ** bitDepth - 1);
  });
}

type Format = Pick<PictureFormat, "width" | "bitDepth">;

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly padding: number;
  readonly lacksLastPadding: boolean;
}

function layOut(samples: Uint16Array, { width, height, bitDepth, padding, lacksLastPadding }: Layout): LumaRows {
  const size = bitDepth > 8 ? 2 : 1;
  const strideBytes = (width + padding) * size;
  const bytes = new Uint8Array(strideBytes * height - (lacksLastPadding ? padding * size : 0)).fill(0xa5);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = samples[y * width + x] as number;
      bytes[y * strideBytes + x * size] = value & 255;
      if (size === 2) bytes[y * strideBytes + x * size + 1] = value >> 8;
    }
  }
  return { bytes, strideBytes, rows: height };
}

/** What the kernel is to give, sample by sample. */
function reference(a: Uint16Array, b: Uint16Array, { width, bitDepth }: Format, rowMask: number) {
  const height = a.length / width;
  const columns = Math.ceil(width / 8);
  const blocks = new Uint32Array(columns * Math.ceil(height / 8));
  const codeValues = new Uint32Array(256);
  const histogram = new Uint32Array(differenceBins);
  let total = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const first = (a[y * width + x] as number) >> (bitDepth - 8);
      const apart = Math.abs(first - ((b[y * width + x] as number) >> (bitDepth - 8)));
      total += apart;
      const block = (y >> 3) * columns + (x >> 3);
      blocks[block] = (blocks[block] as number) + apart;
      if ((rowMask >> (y & 7)) & 1) codeValues[first] = (codeValues[first] as number) + 1;
    }
  }
  for (const sum of blocks) {
    const bin = Math.min(sum >> 2, differenceBins - 1);
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  return { total, histogram, codeValues };
}

describe("agrees with plain arithmetic", () => {
  test("for any size, stride and bit depth, one kernel after another size", () => {
    const kernel = openVideoKernel();
    fc.assert(
      fc.property(pairs, ({ planes: [a, b], format, rowMask }) => {
        if (!a || !b) return;
        kernel.store(0, a.luma, format);
        if (kernel.store(2, b.luma, format)) kernel.store(0, a.luma, format);
        const expected = reference(a.samples, b.samples, format, rowMask);
        expect(kernel.difference(0, 2, 1)).toBe(expected.total);
        expect(kernel.histograms[1]).toEqual(expected.histogram);
        kernel.count(0, rowMask);
        expect(kernel.codeValues).toEqual(expected.codeValues);
      }),
      { numRuns: 300 },
    );
  });

  test("for 8K, black against white", () => {
    const kernel = openVideoKernel();
    const plane = (value: number): LumaRows => ({
      bytes: new Uint8Array(7680 * 4320).fill(value),
      strideBytes: 7680,
      rows: 4320,
    });
    kernel.store(0, plane(0), { width: 7680, bitDepth: 8 });
    kernel.store(1, plane(255), { width: 7680, bitDepth: 8 });
    expect(kernel.difference(0, 1, 0)).toBe(7680 * 4320 * 255);
  });
});

describe("however long its lines, and however many", () => {
  const shapes = [
    { width: 200_000, height: 20 },
    { width: 17, height: 40_000 },
  ];
  const bars = ({ width, height }: (typeof shapes)[number], level: number): LumaRows => ({
    bytes: new Uint8Array(width * height).map((_, at) => ((at % width) & 1 ? level : 16)),
    strideBytes: width,
    rows: height,
  });

  test.each(shapes)("a picture of $width×$height stays what it is while it is measured", (shape) => {
    const kernel = openVideoKernel();
    const format = { width: shape.width, bitDepth: 8 };
    const planes = [bars(shape, 100), bars(shape, 120), bars(shape, 140)];
    kernel.store(0, bars({ width: 32, height: 32 }, 100), { width: 32, bitDepth: 8 });
    for (const [slot, plane] of planes.entries()) kernel.store(slot as Slot, plane, format);

    const lit = kernel.profile(0, 50);
    const odd = Math.floor(shape.width / 2);
    expect([lit.rows.length, lit.columns.length]).toEqual([shape.height, shape.width]);
    expect(new Set(lit.rows)).toEqual(new Set([lit.samplesPerRow / 2]));
    expect(lit.columns.indexOf(lit.samplesPerColumn)).toBe(1);
    expect(lit.columns.filter((count) => count === lit.samplesPerColumn)).toHaveLength(odd);
    kernel.gridBreaks(2, 1, 4, 1, 1);
    expect(kernel.brokenSegments.length).toBeGreaterThanOrEqual(Math.floor(shape.height / 4 - 1) * (shape.width >> 4));
    for (const [slot, other] of [
      [1, 0],
      [2, 1],
    ] as const) {
      expect(kernel.difference(slot, other, 0)).toBe(20 * odd * shape.height);
    }
    kernel.count(0, 255);
    expect(kernel.codeValues[100]).toBe(odd * shape.height);
    kernel.count(2, 255);
    expect(kernel.codeValues[140]).toBe(odd * shape.height);
  });

  test("a wider picture that needs no more bytes makes room, and says so", () => {
    const kernel = openVideoKernel();
    expect(kernel.store(0, bars({ width: 64, height: 64 }, 100), { width: 64, bitDepth: 8 })).toBe(true);
    expect(kernel.store(1, bars({ width: 128, height: 32 }, 100), { width: 128, bitDepth: 8 })).toBe(true);
    expect(kernel.store(0, bars({ width: 64, height: 64 }, 100), { width: 64, bitDepth: 8 })).toBe(false);
  });
});
