import { readFileSync } from "node:fs";
import type { Picture } from "@glasswatch/core/media";

interface FingerprintExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  reduceTo8Bits(...fromStrideToStrideWidthHeightShift: readonly number[]): void;
  cellMeans(...planeStrideWidthHeightColumnsRowsBandSumsMeans: readonly number[]): void;
}

/** The grid of SMPTE ST 2064-1's thumbnails is as coarse; what is finer than this is lost between renditions. */
export const fingerprintColumns = 32;
export const fingerprintRows = 18;
export const fingerprintCells = fingerprintColumns * fingerprintRows;

export interface PictureFingerprinter {
  /**
   * Mean luma of each cell of a picture, row by row from the top left, in 1/256 of an 8-bit code value: fine enough to
   * show how a face moves. Overwritten by the next call.
   */
  measure(picture: Picture): Uint16Array;
}

const pageBytes = 65_536;
const overreadBytes = 64;
let compiled: WebAssembly.Module | undefined;

export function openPictureFingerprinter(): PictureFingerprinter {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("../wasm/fingerprint.wasm", import.meta.url)));
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as FingerprintExports;
  const meansAt = (wasm.heapBase() + 15) & ~15;
  const roomAt = (meansAt + 2 * fingerprintCells + 15) & ~15;

  function room(bytes: number): void {
    const missing = Math.ceil((roomAt + bytes + overreadBytes) / pageBytes) - wasm.memory.buffer.byteLength / pageBytes;
    if (missing > 0) wasm.memory.grow(missing);
  }

  return {
    measure({ luma, format }) {
      const { bytes, strideBytes, rows } = luma;
      const deep = format.bitDepth > 8;
      const stride = deep ? (format.width + 15) & ~15 : strideBytes;
      const length = Math.min(bytes.length, strideBytes * rows);
      const bandSumsAt = roomAt;
      const planeAt = bandSumsAt + 2 * ((format.width + 31) & ~15);
      const stagingAt = (planeAt + stride * rows + overreadBytes + 15) & ~15;
      room(stagingAt - roomAt + (deep ? strideBytes * rows : 0));
      const { buffer } = wasm.memory;
      new Uint8Array(buffer, deep ? stagingAt : planeAt, length).set(bytes.subarray(0, length));
      if (deep) {
        wasm.reduceTo8Bits(stagingAt, strideBytes, planeAt, stride, format.width, rows, format.bitDepth - 8);
      }
      wasm.cellMeans(planeAt, stride, format.width, rows, fingerprintColumns, fingerprintRows, bandSumsAt, meansAt);
      return new Uint16Array(buffer, meansAt, fingerprintCells);
    },
  };
}
