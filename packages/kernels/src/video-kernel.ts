import { readFileSync } from "node:fs";
import type { LitProfile } from "@glasswatch/core/features";
import type { LumaRows, PictureFormat } from "@glasswatch/core/media";

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  reduceTo8Bits(...fromStrideToStrideWidthHeightShift: readonly number[]): void;
  difference(...currentStrideOtherStrideWidthHeightHistogram: readonly number[]): number;
  histogram(...planeStrideWidthHeightRowMaskCounts: readonly number[]): void;
  gridBreaks(...currentStrideOtherStrideWidthHeightPitchFirstStepMap: readonly number[]): number;
  litProfile(...planeStrideWidthHeightLimitRowStepRowsColumns: readonly number[]): void;
}

/** A place in the kernel's memory that holds one picture. */
export type Slot = 0 | 1 | 2;

/** Luma of up to three pictures of one size, reduced to 8 bits, and what can be measured on it. */
export interface VideoKernel {
  /** Copies a picture in. True where room had to be made for it: all other slots are then empty. */
  store(slot: Slot, luma: LumaRows, format: Pick<PictureFormat, "width" | "bitDepth">): boolean;
  /**
   * Sum of absolute differences between two pictures. `histograms[histogram]` then holds the number of 8×8 blocks, those
   * cut by the border included, by what they add to that sum, 4 to a bin; the last bin takes all above.
   */
  difference(slot: Slot, other: Slot, histogram: 0 | 1): number;
  /** Fills `codeValues` from the rows whose number modulo 8 is set in `rowMask`. */
  count(slot: Slot, rowMask: number): void;
  /** Which samples of a picture are brighter than `limit`, by row and by column; see `LitProfile`. */
  profile(slot: Slot, limit: number): LitProfile;
  /**
   * Where what differs between two pictures stops at a border of macroblocks, these being `pitch` rows high: see
   * `gridBreaks` in `assembly/`. Fills `brokenSegments`.
   */
  gridBreaks(slot: Slot, other: Slot, pitch: number, first: number, step: number): number;
  /** A byte for every 16 samples of a border, border by border. Replaced, as `histograms` is, when room is made. */
  readonly brokenSegments: Uint8Array;
  /** Pixels per code value. Replaced, as `histograms` is, when room is made. */
  readonly codeValues: Uint32Array;
  readonly histograms: readonly [Uint32Array, Uint32Array];
}

/** Bins of a histogram of block differences. */
export const differenceBins = 1024;

const pageBytes = 65_536;
/** The kernel reads sixteen bytes at a time, also where fewer belong to the picture. */
const overreadBytes = 32;
/** The histogram of code values is counted in four parts. */
const countBytes = 4 * 256 * 4;
/** No codec has longer lines or more of them. */
const mostLines = 16_384;
/** A column is counted on about so many rows, so that its count fits in 8 bits. */
const rowsPerColumn = 64;
/** Macroblocks of the largest picture: 8K. */
const mostBlocks = 480 * 270;
let compiled: WebAssembly.Module | undefined;

export function openVideoKernel(): VideoKernel {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("../wasm/video.wasm", import.meta.url)));
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as KernelExports;
  const countsAt = (wasm.heapBase() + 15) & ~15;
  const histogramsAt = [countsAt + countBytes, countsAt + countBytes + 4 * differenceBins] as const;
  const litRowsAt = histogramsAt[1] + 4 * differenceBins;
  const litColumnsAt = litRowsAt + 2 * mostLines;
  const brokenAt = litColumnsAt + mostLines + overreadBytes;
  const slotsAt = brokenAt + mostBlocks;
  const strides = new Int32Array(3);
  let width = 0;
  let height = 0;
  let room = makeRoom(0, 0);
  let lit = viewLit(0);

  function viewLit(samplesPerColumn: number): LitProfile {
    const { buffer } = wasm.memory;
    return {
      rows: new Uint16Array(buffer, litRowsAt, height),
      samplesPerRow: 16 * Math.floor((width + 48) / 64),
      columns: new Uint8Array(buffer, litColumnsAt, width),
      samplesPerColumn,
    };
  }

  function makeRoom(slotBytes: number, stagingBytes: number) {
    const bytes = (slotBytes + overreadBytes + 15) & ~15;
    const stagingAt = slotsAt + 3 * bytes;
    const pages = Math.ceil((stagingAt + stagingBytes + overreadBytes) / pageBytes);
    const missing = pages - wasm.memory.buffer.byteLength / pageBytes;
    if (missing > 0) wasm.memory.grow(missing);
    const { buffer } = wasm.memory;
    return {
      slotBytes,
      at: [slotsAt, slotsAt + bytes, slotsAt + 2 * bytes] as const,
      slots: [0, 1, 2].map((slot) => new Uint8Array(buffer, slotsAt + slot * bytes, slotBytes)),
      stagingAt,
      staging: new Uint8Array(buffer, stagingAt, stagingBytes),
      codeValues: new Uint32Array(buffer, countsAt, 256),
      broken: new Uint8Array(buffer, brokenAt, mostBlocks),
      histograms: [
        new Uint32Array(buffer, histogramsAt[0], differenceBins),
        new Uint32Array(buffer, histogramsAt[1], differenceBins),
      ] as const,
    };
  }

  return {
    get codeValues() {
      return room.codeValues;
    },
    get brokenSegments() {
      return room.broken;
    },
    get histograms() {
      return room.histograms;
    },
    store(slot, luma, format) {
      const planeBytes = luma.strideBytes * luma.rows;
      const deep = format.bitDepth > 8;
      const stride = deep ? (format.width + 15) & ~15 : luma.strideBytes;
      const slotBytes = stride * luma.rows;
      const grows = slotBytes > room.slotBytes || (deep && planeBytes > room.staging.length);
      if (grows) room = makeRoom(slotBytes, deep ? planeBytes : 0);
      width = format.width;
      height = luma.rows;
      strides[slot] = stride;
      copy(deep ? room.staging : (room.slots[slot] as Uint8Array), luma.bytes, planeBytes);
      if (deep) {
        const shift = format.bitDepth - 8;
        wasm.reduceTo8Bits(room.stagingAt, luma.strideBytes, room.at[slot], stride, width, height, shift);
      }
      return grows;
    },
    difference(slot, other, histogram) {
      return wasm.difference(
        room.at[slot],
        strides[slot] as number,
        room.at[other],
        strides[other] as number,
        width,
        height,
        histogramsAt[histogram],
      );
    },
    gridBreaks(slot, other, pitch, first, step) {
      room.broken.fill(0, 0, Math.min(mostBlocks, Math.ceil(height / pitch) * (width >> 4)));
      return wasm.gridBreaks(
        room.at[slot],
        strides[slot] as number,
        room.at[other],
        strides[other] as number,
        width,
        height,
        pitch,
        first,
        step,
        brokenAt,
      );
    },
    profile(slot, limit) {
      const rowStep = Math.max(1, Math.floor(height / rowsPerColumn));
      const stride = strides[slot] as number;
      wasm.litProfile(room.at[slot], stride, width, height, limit, rowStep, litRowsAt, litColumnsAt);
      if (lit.rows.length !== height || lit.columns.length !== width || lit.rows.buffer !== wasm.memory.buffer) {
        lit = viewLit(Math.ceil(height / rowStep));
      }
      return lit;
    },
    count(slot, rowMask) {
      wasm.histogram(room.at[slot], strides[slot] as number, width, height, rowMask, countsAt);
    },
  };
}

/** The last row of a plane may lack its padding, and a plane may have rows below the picture. */
function copy(to: Uint8Array, from: Uint8Array, bytes: number): void {
  to.set(from.length > bytes ? from.subarray(0, bytes) : from);
}
