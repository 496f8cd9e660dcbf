import type { Thumbnail, ThumbnailFeature } from "@glasswatch/core/features";
import type { Picture } from "@glasswatch/core/media";

export interface LazyThumbnail {
  readonly feature: ThumbnailFeature;
  /** What the next `read` is made from; it must stay valid until the next call. */
  show(picture: Picture): void;
}

const columns = 32;
const rows = 18;
/** Samples per cell across and down: the mean of 64 is within a code value at the noise of broadcast pictures. */
const samplesAcross = 8;

/** Sparse samples are enough here, and leave most of the picture's memory untouched. */
export function openThumbnail(): LazyThumbnail {
  const thumbnail = {
    luma: new Uint8Array(columns * rows),
    cb: new Uint8Array(columns * rows),
    cr: new Uint8Array(columns * rows),
    lumaDeviation: new Uint8Array(columns * rows),
  } satisfies Thumbnail;
  let shown: Picture | undefined;
  let stale = true;

  function make(picture: Picture): void {
    const { format } = picture;
    const { planes, strides } = picture.readPlanes();
    const { width, height, bitDepth, chroma } = format;
    const bytesPerSample = bitDepth > 8 ? 2 : 1;
    const shift = bitDepth - 8;
    for (const [index, means] of [thumbnail.luma, thumbnail.cb, thumbnail.cr].entries()) {
      const plane = planes[index];
      if (!plane || (index > 0 && !chroma)) {
        means.fill(128);
        continue;
      }
      shrink({
        plane,
        stride: strides[index] as number,
        width: index > 0 && chroma ? -(-width >> chroma.shiftX) : width,
        height: index > 0 && chroma ? -(-height >> chroma.shiftY) : height,
        bytesPerSample,
        shift,
        means,
        ...(index === 0 && { deviations: thumbnail.lumaDeviation }),
      });
    }
  }

  return {
    feature: {
      columns,
      rows,
      read() {
        if (stale && shown) {
          make(shown);
          stale = false;
        }
        return thumbnail;
      },
    },
    show(picture) {
      shown = picture;
      stale = true;
    },
  };
}

interface Shrinking {
  readonly plane: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  readonly bytesPerSample: number;
  readonly shift: number;
  readonly means: Uint8Array;
  readonly deviations?: Uint8Array;
}

function shrink({ plane, stride, width, height, bytesPerSample, shift, means, deviations }: Shrinking): void {
  const stepX = width / (columns * samplesAcross);
  const stepY = height / (rows * samplesAcross);
  const count = samplesAcross * samplesAcross;
  for (let cell = 0; cell < means.length; cell++) {
    const firstX = (cell % columns) * samplesAcross;
    const firstY = Math.floor(cell / columns) * samplesAcross;
    let sum = 0;
    let squares = 0;
    for (let j = 0; j < samplesAcross; j++) {
      const row = Math.floor((firstY + j + 0.5) * stepY) * stride;
      for (let i = 0; i < samplesAcross; i++) {
        const at = row + Math.floor((firstX + i + 0.5) * stepX) * bytesPerSample;
        const sample = bytesPerSample === 1 ? (plane[at] as number) : readDeep(plane, at) >> shift;
        sum += sample;
        squares += sample * sample;
      }
    }
    const mean = sum / count;
    means[cell] = Math.round(mean);
    if (deviations) deviations[cell] = Math.round(Math.sqrt(Math.max(0, squares / count - mean * mean)));
  }
}

function readDeep(plane: Uint8Array, at: number): number {
  return (plane[at] as number) | ((plane[at + 1] as number) << 8);
}
