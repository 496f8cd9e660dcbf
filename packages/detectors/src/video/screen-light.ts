import type { Thumbnail } from "@glasswatch/core/video-features";

/** Code values of black and white, as `LumaFeature` has them. */
export interface CodeRange {
  readonly black: number;
  readonly white: number;
}

/** The screen that ITU-R BT.1702 has its figures for: white at 200 cd/m², of which 20 cd/m² are the tenth that WCAG names. */
const whiteLuminance = 200;
/** ITU-R BT.1886 Annex 1, for a black of no light. */
const gamma = 2.4;
/** WCAG 2.2, red flash threshold: the unit of (R − G − B) in which a change of 20 counts. */
const redScale = 320;
/** Likewise: red is saturated from R/(R + G + B) on. */
const saturatedShare = 0.8;

function linear(signal: number): number {
  return Math.min(1, Math.max(0, signal)) ** gamma;
}

/** cd/m² of a grey of each 8-bit code value. */
export function greyLuminance({ black, white }: CodeRange): Float64Array {
  return Float64Array.from({ length: 256 }, (_, code) => whiteLuminance * linear((code - black) / (white - black)));
}

/**
 * Light of each cell of a mosaic: luminance in cd/m², and saturated red in the unit of WCAG, 0 where red is not saturated.
 * The matrix is that of ITU-R BT.709.
 */
export function lightOf(mosaic: Thumbnail, range: CodeRange, luminance: Float64Array, red: Float64Array): void {
  const { luma, cb, cr } = mosaic;
  const lumaSpan = range.white - range.black;
  const chromaSpan = range.black === 0 ? 255 : 224;
  for (let cell = 0; cell < luma.length; cell++) {
    const y = ((luma[cell] as number) - range.black) / lumaSpan;
    const b = ((cb[cell] as number) - 128) / chromaSpan;
    const r = ((cr[cell] as number) - 128) / chromaSpan;
    const redLight = linear(y + 1.5748 * r);
    const greenLight = linear(y - 0.1873 * b - 0.4681 * r);
    const blueLight = linear(y + 1.8556 * b);
    luminance[cell] = whiteLuminance * (0.2126 * redLight + 0.7152 * greenLight + 0.0722 * blueLight);
    const saturated = redLight >= saturatedShare * (redLight + greenLight + blueLight);
    red[cell] = saturated ? redScale * Math.max(0, redLight - greenLight - blueLight) : 0;
  }
}
