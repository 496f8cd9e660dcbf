import { readFileSync } from "node:fs";
import type { LumaRows, PictureFormat } from "@glasswatch/core/media";
import type { LitProfile } from "@glasswatch/core/video-features";

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

/** The largest of everything that has had to be held so far: room is never given back, as sizes change rarely. */
interface Size {
  width: number;
  rows: number;
  slotBytes: number;
  stagingBytes: number;
}

/** Bins of a histogram of block differences. */
export const differenceBins = 1024;

const pageBytes = 65_536;
/** The kernel reads sixteen bytes at a time, also where fewer belong to the picture. */
const overreadBytes = 32;
/** The histogram of code values is counted in four parts. */
const countBytes = 4 * 256 * 4;
/** A column is counted on about so many rows, so that its count fits in 8 bits. */
const rowsPerColumn = 64;
/** Macroblocks are at least so many of the stored rows high. */
const leastPitch = 4;
let compiled: WebAssembly.Module | undefined;

export function openVideoKernel(): VideoKernel {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("../wasm/video.wasm", import.meta.url)));
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as KernelExports;
  const countsAt = (wasm.heapBase() + 15) & ~15;
  const histogramsAt = [countsAt + countBytes, countsAt + countBytes + 4 * differenceBins] as const;
  const firstAt = histogramsAt[1] + 4 * differenceBins;
  const strides = new Int32Array(3);
  let width = 0;
  let height = 0;
  const needed: Size = { width: 0, rows: 0, slotBytes: 0, stagingBytes: 0 };
  let room = makeRoom({ ...needed });
  let lit: LitProfile | undefined;

  function viewLit(samplesPerColumn: number): LitProfile {
    const { buffer } = wasm.memory;
    return {
      rows: new Uint16Array(buffer, room.litRowsAt, height),
      samplesPerRow: 16 * Math.floor((width + 48) / 64),
      columns: new Uint8Array(buffer, room.litColumnsAt, width),
      samplesPerColumn,
    };
  }

  function makeRoom(size: Readonly<Size>) {
    let end = firstAt;
    function reserve(bytes: number): number {
      const at = end;
      end = (end + bytes + overreadBytes + 15) & ~15;
      return at;
    }
    const litRowsAt = reserve(2 * size.rows);
    const litColumnsAt = reserve(size.width);
    const segments = Math.ceil(size.rows / leastPitch) * (size.width >> 4);
    const brokenAt = reserve(segments);
    const at = [reserve(size.slotBytes), reserve(size.slotBytes), reserve(size.slotBytes)] as const;
    const stagingAt = reserve(size.stagingBytes);
    const missing = Math.ceil(end / pageBytes) - wasm.memory.buffer.byteLength / pageBytes;
    if (missing > 0) wasm.memory.grow(missing);
    const { buffer } = wasm.memory;
    return {
      size,
      litRowsAt,
      litColumnsAt,
      brokenAt,
      at,
      slots: at.map((slotAt) => new Uint8Array(buffer, slotAt, size.slotBytes)),
      stagingAt,
      staging: new Uint8Array(buffer, stagingAt, size.stagingBytes),
      codeValues: new Uint32Array(buffer, countsAt, 256),
      broken: new Uint8Array(buffer, brokenAt, segments),
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
      width = format.width;
      height = luma.rows;
      needed.width = width;
      needed.rows = height;
      needed.slotBytes = stride * height;
      needed.stagingBytes = deep ? planeBytes : 0;
      const grows = exceeds(needed, room.size);
      if (grows) {
        room = makeRoom(larger(needed, room.size));
        lit = undefined;
      }
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
      room.broken.fill(0, 0, Math.ceil(height / pitch) * (width >> 4));
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
        room.brokenAt,
      );
    },
    profile(slot, limit) {
      const rowStep = Math.max(1, Math.floor(height / rowsPerColumn));
      const stride = strides[slot] as number;
      wasm.litProfile(room.at[slot], stride, width, height, limit, rowStep, room.litRowsAt, room.litColumnsAt);
      if (lit?.rows.length !== height || lit.columns.length !== width) {
        lit = viewLit(Math.ceil(height / rowStep));
      }
      return lit;
    },
    count(slot, rowMask) {
      wasm.histogram(room.at[slot], strides[slot] as number, width, height, rowMask, countsAt);
    },
  };
}

function exceeds(a: Readonly<Size>, b: Readonly<Size>): boolean {
  return a.width > b.width || a.rows > b.rows || a.slotBytes > b.slotBytes || a.stagingBytes > b.stagingBytes;
}

function larger(a: Readonly<Size>, b: Readonly<Size>): Size {
  return {
    width: Math.max(a.width, b.width),
    rows: Math.max(a.rows, b.rows),
    slotBytes: Math.max(a.slotBytes, b.slotBytes),
    stagingBytes: Math.max(a.stagingBytes, b.stagingBytes),
  };
}

/** The last row of a plane may lack its padding, and a plane may have rows below the picture. */
function copy(to: Uint8Array, from: Uint8Array, bytes: number): void {
  to.set(from.length > bytes ? from.subarray(0, bytes) : from);
}
