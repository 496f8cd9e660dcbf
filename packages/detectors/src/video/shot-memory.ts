import type { LumaFeature, Thumbnail } from "@glasswatch/core/video-features";

/** Remembers the colours of a picture, to tell whether another one is of the same shot. */
export interface ShotMemory {
  /**
   * How much of the picture has the luma and the colours of the one remembered, 0 to 1 for what agrees less; remembers
   * this one instead. 0 where there is none.
   */
  compare(luma: LumaFeature, colours: Thumbnail): number;
}

/** Code values to a bin, of luma and of chroma. */
const lumaBin = 4;
const chromaBin = 8;
const chromaBins = 256 / chromaBin;

/** Pictures of one shot share their colours wherever the camera and the things in it have moved to. */
export function openShotMemory(): ShotMemory {
  let luma = new Float64Array(256 / lumaBin);
  let lumaBefore = new Float64Array(256 / lumaBin);
  let chroma = new Float64Array(chromaBins ** 2);
  let chromaBefore = new Float64Array(chromaBins ** 2);

  return {
    compare(feature, colours) {
      [luma, lumaBefore] = [lumaBefore, luma];
      [chroma, chromaBefore] = [chromaBefore, chroma];
      countLuma(feature, luma);
      countChroma(colours, chroma);
      return Math.min(shared(luma, lumaBefore), shared(chroma, chromaBefore));
    },
  };
}

function countLuma({ histogram, sampleCount }: LumaFeature, shares: Float64Array): void {
  shares.fill(0);
  if (sampleCount === 0) return;
  for (let value = 0; value < 256; value++) {
    const bin = Math.floor(value / lumaBin);
    shares[bin] = (shares[bin] as number) + (histogram[value] as number) / sampleCount;
  }
}

/** A colour counts in the four bins around it, so that one at the border of two does not jump between them. */
function countChroma({ cb, cr }: Thumbnail, shares: Float64Array): void {
  shares.fill(0);
  for (let cell = 0; cell < cb.length; cell++) {
    const across = (cb[cell] as number) / chromaBin;
    const down = (cr[cell] as number) / chromaBin;
    const left = Math.min(chromaBins - 2, Math.floor(across));
    const top = Math.min(chromaBins - 2, Math.floor(down));
    const right = Math.min(1, across - left);
    const bottom = Math.min(1, down - top);
    add(shares, left, top, ((1 - right) * (1 - bottom)) / cb.length);
    add(shares, left + 1, top, (right * (1 - bottom)) / cb.length);
    add(shares, left, top + 1, ((1 - right) * bottom) / cb.length);
    add(shares, left + 1, top + 1, (right * bottom) / cb.length);
  }
}

function add(shares: Float64Array, across: number, down: number, share: number): void {
  const at = down * chromaBins + across;
  shares[at] = (shares[at] as number) + share;
}

function shared(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let bin = 0; bin < one.length; bin++) sum += Math.min(one[bin] as number, other[bin] as number);
  return sum;
}
