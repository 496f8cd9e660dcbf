import type { PictureFormat, SmallPicture } from "@glasswatch/core/media";

/** The small copy of a painted picture with square pixels, no wider than 320: every sample of luma, and chroma picked. */
export function smallPicture(
  { width, height, bitDepth, chroma }: PictureFormat,
  planes: readonly Uint8Array[],
): SmallPicture {
  const even = { width: Math.max(2, 2 * Math.round(width / 2)), height: Math.max(2, 2 * Math.round(height / 2)) };
  const pick = (index: number, columns: number, rows: number): Uint8Array => {
    const plane = planes[index];
    if (!plane || (index > 0 && !chroma)) return new Uint8Array(columns * rows).fill(128);
    const fromWidth = index > 0 && chroma ? -(-width >> chroma.shiftX) : width;
    const fromHeight = index > 0 && chroma ? -(-height >> chroma.shiftY) : height;
    return Uint8Array.from({ length: columns * rows }, (_, i) => {
      const x = Math.floor((((i % columns) + 0.5) * fromWidth) / columns);
      const y = Math.floor(((Math.floor(i / columns) + 0.5) * fromHeight) / rows);
      const at = y * fromWidth + x;
      if (bitDepth === 8) return plane[at] as number;
      return ((plane[2 * at] as number) | ((plane[2 * at + 1] as number) << 8)) >> (bitDepth - 8);
    });
  };
  return {
    ...even,
    planes: [
      pick(0, even.width, even.height),
      pick(1, even.width / 2, even.height / 2),
      pick(2, even.width / 2, even.height / 2),
    ],
    strides: [even.width, even.width / 2, even.width / 2],
  };
}
