import { readFileSync } from "node:fs";
import type { Picture } from "@glasswatch/core/media";
import type { AtHand } from "./at-hand.ts";
import { onceAPicture } from "./once-a-picture.ts";

/** What `assembly/detail.ts` exports, as far as everybody needs it; each measurement adds the functions of its own file. */
interface DetailExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  reduceTo8Bits(...fromStrideToStrideWidthHeightShift: readonly number[]): void;
}

/** The luma of one picture, all rows of it and 8 bits a sample, in the memory of the kernel. */
export interface Plane {
  readonly address: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/**
 * All rows of nominated pictures, for measurements that need every pixel. A picture is copied in once however many
 * measure it, and not at all where nobody does.
 */
export interface DetailKernel<Functions> {
  readonly functions: Functions;
  /** The picture at hand. */
  plane(): Plane;
  /**
   * Memory of the caller's own, 16-byte aligned and filled with zeros, for as long as the kernel lives. Asking for more
   * moves views of the memory: make them anew from `memory.buffer` for each use.
   */
  reserve(bytes: number): number;
  readonly memory: WebAssembly.Memory;
}

const pageBytes = 65_536;
/** The kernel may read this far beyond a plane. */
const overreadBytes = 64;
let compiled: WebAssembly.Module | undefined;

export function openDetailKernel<Functions extends object>(atHand: AtHand): DetailKernel<Functions> {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("../wasm/detail.wasm", import.meta.url)));
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as DetailExports;
  let end = (wasm.heapBase() + 15) & ~15;
  let room = { planeBytes: 0, planeAt: 0, stagingBytes: 0, stagingAt: 0 };

  function reserve(bytes: number): number {
    const address = end;
    end = (end + bytes + overreadBytes + 15) & ~15;
    const missing = Math.ceil(end / pageBytes) - wasm.memory.buffer.byteLength / pageBytes;
    if (missing > 0) wasm.memory.grow(missing);
    return address;
  }

  /** Room is made for the largest picture so far, and never given back: sizes change rarely. */
  function makeRoom(planeBytes: number, stagingBytes: number): void {
    if (planeBytes > room.planeBytes) room = { ...room, planeBytes, planeAt: reserve(planeBytes) };
    if (stagingBytes > room.stagingBytes) room = { ...room, stagingBytes, stagingAt: reserve(stagingBytes) };
  }

  function copyIn({ format, readLuma }: Picture): Plane {
    const { bytes, strideBytes, rows } = readLuma();
    const { width, bitDepth } = format;
    const deep = bitDepth > 8;
    const stride = deep ? (width + 15) & ~15 : strideBytes;
    makeRoom(stride * rows, deep ? strideBytes * rows : 0);
    const to = deep ? room.stagingAt : room.planeAt;
    const length = Math.min(bytes.length, strideBytes * rows);
    new Uint8Array(wasm.memory.buffer, to, length).set(bytes.subarray(0, length));
    if (deep) wasm.reduceTo8Bits(to, strideBytes, room.planeAt, stride, width, rows, bitDepth - 8);
    return { address: room.planeAt, stride, width, height: rows };
  }

  const held = onceAPicture(atHand, () => {
    if (!atHand.picture) throw new Error("there is no picture yet");
    return copyIn(atHand.picture);
  });

  return {
    functions: wasm as unknown as Functions,
    memory: wasm.memory,
    reserve,
    plane: held.read,
  };
}
