import type { Picture } from "@glasswatch/core/media";

/** Luma at a size of the caller's choice. */
export interface ReducedLuma {
  readonly width: number;
  readonly height: number;
  /** Row by row, 8 bits, black at 16 and white at 235 whatever the range of the source. */
  readonly samples: Uint8Array;
}

/** All of a picture at another size: each sample is the mean of the area that it stands for, parts of samples included. */
export function reduceLuma(picture: Picture, width: number, height: number): ReducedLuma {
  const { bytes, strideBytes, rows } = picture.readLuma();
  const { format } = picture;
  const samples = new Uint8Array(width * height);
  const sums = new Float64Array(format.width + 1);
  const row = new Float64Array(width);
  const band = new Float64Array(width);
  const scale = (format.fullRange ? 219 / 255 : 1) / 2 ** (format.bitDepth - 8);
  const black = format.fullRange ? 16 : 0;
  let narrowed = -1;

  function narrow(y: number): void {
    if (y === narrowed) return;
    narrowed = y;
    const at = y * strideBytes;
    for (let x = 0; x < format.width; x++) {
      const sample =
        format.bitDepth > 8
          ? (bytes[at + 2 * x] as number) | ((bytes[at + 2 * x + 1] as number) << 8)
          : (bytes[at + x] as number);
      sums[x + 1] = (sums[x] as number) + sample;
    }
    for (let column = 0; column < width; column++) {
      row[column] = upTo(((column + 1) * format.width) / width) - upTo((column * format.width) / width);
    }
  }

  /** Sum of the samples left of a place, which may lie within one. */
  function upTo(x: number): number {
    const whole = Math.floor(x);
    const before = sums[whole] as number;
    return x === whole ? before : before + (x - whole) * ((sums[whole + 1] as number) - before);
  }

  const area = (format.width / width) * (rows / height);
  for (let line = 0; line < height; line++) {
    const top = (line * rows) / height;
    const bottom = ((line + 1) * rows) / height;
    band.fill(0);
    for (let y = Math.floor(top); y < bottom; y++) {
      narrow(y);
      const share = Math.min(y + 1, bottom) - Math.max(y, top);
      for (let column = 0; column < width; column++) {
        band[column] = (band[column] as number) + share * (row[column] as number);
      }
    }
    for (let column = 0; column < width; column++) {
      samples[line * width + column] = Math.round(black + (scale * (band[column] as number)) / area);
    }
  }
  return { width, height, samples };
}
