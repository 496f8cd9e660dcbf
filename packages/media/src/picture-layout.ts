/** How a decoder's pixel format becomes the planes of a `Picture`. */
export interface PictureLayout {
  /** The format the planes are in: the decoder's own where it needs no conversion. */
  readonly pixelFormat: string;
  /** Whether the decoder's picture has to be converted to `pixelFormat` first. */
  readonly converted: boolean;
  readonly bitDepth: number;
  readonly chroma: { readonly shiftX: number; readonly shiftY: number } | null;
  /** What the format's name says of the range of luma; undefined where the picture itself has to say. */
  readonly fullRange: boolean | undefined;
}

const subsampling: Readonly<Record<string, { readonly shiftX: number; readonly shiftY: number }>> = {
  "420": { shiftX: 1, shiftY: 1 },
  "422": { shiftX: 1, shiftY: 0 },
  "444": { shiftX: 0, shiftY: 0 },
};

function planar(name: string, converted: boolean, fullRange?: boolean): PictureLayout | undefined {
  const match = /^yuv[aj]?(420|422|444)p(\d+)?(le)?$/.exec(name);
  const chroma = subsampling[match?.[1] ?? ""];
  if (!match || !chroma) return undefined;
  return { pixelFormat: name, converted, bitDepth: Number(match[2] ?? 8), chroma, fullRange };
}

function gray(name: string): PictureLayout | undefined {
  const match = /^gray(\d+)?(le)?$/.exec(name);
  if (!match) return undefined;
  return { pixelFormat: name, converted: false, bitDepth: Number(match[1] ?? 8), chroma: null, fullRange: undefined };
}

/** Formats that hold planar luma and chroma in another order, byte order or packing, and what they are converted to. */
const repacked: readonly (readonly [RegExp, string])[] = [
  [/^nv(12|21)$|^yuv(410|411|440)p$|^yuvj(411|440)p$/, "yuv420p"],
  [/^(nv16|yuyv422|uyvy422|yvyu422)$/, "yuv422p"],
  [/^nv(24|42)$/, "yuv444p"],
  [/^(p010|p012|p016)(le|be)$/, "yuv420p10le"],
  [/^(p21\d|y21\d)(le|be)$|^nv20(le|be)$/, "yuv422p10le"],
  [/^(p41\d|xv3\d|v30x?|xv30)(le|be)$/, "yuv444p10le"],
];

function convertedLayout(name: string): PictureLayout {
  const bigEndian = /^yuva?(4\d\dp\d+)be$/.exec(name);
  const target = bigEndian ? `yuv${bigEndian[1]}le` : repacked.find(([pattern]) => pattern.test(name))?.[1];
  // FFmpeg's scaler takes only the formats named yuvj for full range, and compresses those to limited range.
  const sameRange = target !== undefined && !name.startsWith("yuvj");
  // The rest is RGB, palettes and sensor mosaics; their conversion yields limited range, 8 bits and full colour.
  const layout = planar(target ?? "yuv444p", true, sameRange ? undefined : false);
  if (!layout) throw new RangeError(`no layout for ${target}`);
  return layout;
}

/**
 * The layout for FFmpeg's pixel format name.
 *
 * 8 to 16-bit planar YUV 4:2:0, 4:2:2 and 4:4:4 (with or without alpha) and gray are taken as they are, all else is
 * converted.
 */
export function pictureLayout(name: string): PictureLayout {
  return planar(name, false, name.startsWith("yuvj") ? true : undefined) ?? gray(name) ?? convertedLayout(name);
}
