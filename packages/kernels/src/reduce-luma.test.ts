import { describe, expect, test } from "vitest";
import { paintVideo } from "../../detectors/test/painted-video.ts";
import { reduceLuma } from "./reduce-luma.ts";

const luma = (x: number, y: number) => 16 + ((x * 37 + y * 59 + x * y) % 200);

function paint(options: { readonly bitDepth?: number; readonly fullRange?: boolean }) {
  const [picture] = paintVideo({
    paint: (x, y) => [luma(x, y), 128, 128],
    pictures: 1,
    width: 50,
    height: 30,
    ...options,
  });
  if (!picture) throw new Error("no picture was painted");
  return picture;
}

/** Every sample is cut into so many that each lies within one sample of the reduced picture. */
function expected(width: number, height: number, level: (value: number) => number): readonly number[] {
  return Array.from({ length: width * height }, (_, at) => {
    const [column, row] = [at % width, Math.floor(at / width)];
    let sum = 0;
    for (let j = 0; j < 30; j++) {
      for (let i = 0; i < 50; i++) {
        sum += level(luma(Math.floor((column * 50 + i) / width), Math.floor((row * 30 + j) / height)));
      }
    }
    return sum / (50 * 30);
  });
}

describe("luma of another size", () => {
  test.each([
    { width: 50, height: 30 },
    { width: 25, height: 10 },
    { width: 21, height: 13 },
  ])("$width×$height is the mean over the area of each sample", ({ width, height }) => {
    const { samples } = reduceLuma(paint({}), width, height);
    const plain = expected(width, height, (value) => value);
    expect(Math.max(...plain.map((value, at) => Math.abs(value - (samples[at] as number))))).toBeLessThanOrEqual(0.501);
  });

  test.each([
    { bitDepth: 10, fullRange: false },
    { bitDepth: 8, fullRange: true },
    { bitDepth: 12, fullRange: true },
  ])("is on the 8-bit scale from 16 to 235 from %o", ({ bitDepth, fullRange }) => {
    const { samples } = reduceLuma(paint({ bitDepth, fullRange }), 10, 6);
    const plain = expected(10, 6, (value) => (fullRange ? 16 + (value * 219) / 255 : value));
    expect(Math.max(...plain.map((value, at) => Math.abs(value - (samples[at] as number))))).toBeLessThanOrEqual(0.501);
  });
});
