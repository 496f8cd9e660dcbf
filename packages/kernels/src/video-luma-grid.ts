import type { Picture } from "@glasswatch/core/media";
import type { LumaGridFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import { onceAPicture } from "./once-a-picture.ts";

const columns = 64;
const rows = 36;
/** Samples per cell across and down. */
const samples = 2;

export function openLumaGrid(atHand: AtHand): LumaGridFeature {
  const grid = new Uint8Array(columns * rows);
  const across = new Int32Array(columns * samples);
  let placedWidth = 0;

  function place(width: number): void {
    for (let i = 0; i < across.length; i++) across[i] = Math.floor(((i + 0.5) * width) / across.length);
    placedWidth = width;
  }

  function make({ format, luma: { bytes, strideBytes, rows: lines } }: Picture): void {
    if (format.width !== placedWidth) place(format.width);
    const shift = format.bitDepth - 8;
    const step = lines / (rows * samples);
    for (let row = 0, cell = 0; row < rows; row++) {
      const upper = Math.floor((row * samples + 0.5) * step) * strideBytes;
      const lower = Math.floor((row * samples + 1.5) * step) * strideBytes;
      for (let column = 0; column < columns; column++, cell++) {
        const left = across[2 * column] as number;
        const right = across[2 * column + 1] as number;
        const sum =
          sample(bytes, upper, left, shift) +
          sample(bytes, upper, right, shift) +
          sample(bytes, lower, left, shift) +
          sample(bytes, lower, right, shift);
        grid[cell] = (sum + 2) >> 2;
      }
    }
  }

  return {
    columns,
    rows,
    ...onceAPicture(atHand, () => {
      if (atHand.picture) make(atHand.picture);
      return grid;
    }),
  };
}

/** On the 8-bit scale; more bits than 8 lie in two bytes. */
function sample(bytes: Uint8Array, row: number, x: number, shift: number): number {
  if (shift === 0) return bytes[row + x] as number;
  const at = row + 2 * x;
  return ((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) >> shift;
}
