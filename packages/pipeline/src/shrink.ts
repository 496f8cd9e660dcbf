import type { Picture } from "@glasswatch/core/media";
import type { Snapshot } from "./scan-types.ts";

const widthPixels = 320;
/** However tall the picture: a phone's upright one has 568 lines at this width. */
const mostLines = 720;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A small copy of a picture in its display shape; point-sampled, which is enough to recognise a scene by. */
export function shrink(picture: Picture): Snapshot {
  const { format, pixelAspectRatio, timeSeconds } = picture;
  const { planes, strides } = picture.readPlanes();
  const width = even(Math.min(widthPixels, format.width));
  const height = Math.min(mostLines, even((width * format.height) / (format.width * (pixelAspectRatio || 1))));
  const yuv420 = new Uint8Array((width * height * 3) / 2).fill(128);
  const sampling = { bytesPerSample: format.bitDepth > 8 ? 2 : 1, shift: format.bitDepth - 8 };

  const [luma, ...chroma] = planes.map((bytes, i) => ({ bytes, strideBytes: strides[i] ?? 0, ...sampling }));
  if (luma) samplePlane(luma, format, yuv420.subarray(0, width * height), { width, height });
  if (format.chroma) {
    const from = { width: -(-format.width >> format.chroma.shiftX), height: -(-format.height >> format.chroma.shiftY) };
    const to = { width: width / 2, height: height / 2 };
    for (const [i, plane] of chroma.slice(0, 2).entries()) {
      const start = width * height + i * to.width * to.height;
      samplePlane(plane, from, yuv420.subarray(start, start + to.width * to.height), to);
    }
  }
  return { timeSeconds, width, height, yuv420, fullRange: format.fullRange };
}

interface Plane {
  readonly bytes: Uint8Array;
  readonly strideBytes: number;
  readonly bytesPerSample: number;
  /** Bits to drop from a sample. */
  readonly shift: number;
}

function samplePlane(plane: Plane, from: Size, target: Uint8Array, to: Size): void {
  const { bytes, strideBytes, bytesPerSample, shift } = plane;
  const columns = Int32Array.from({ length: to.width }, (_, i) => middle(i, from.width, to.width) * bytesPerSample);
  for (let row = 0; row < to.height; row++) {
    const line = middle(row, from.height, to.height) * strideBytes;
    for (let column = 0; column < to.width; column++) {
      const at = line + (columns[column] as number);
      const sample = bytesPerSample === 1 ? bytes[at] : (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      target[row * to.width + column] = (sample as number) >> shift;
    }
  }
}

/** The source sample at the middle of what the i-th of `to` samples stands for. */
function middle(i: number, from: number, to: number): number {
  return Math.floor(((i + 0.5) * from) / to);
}

function even(value: number): number {
  return Math.max(2, 2 * Math.round(value / 2));
}
