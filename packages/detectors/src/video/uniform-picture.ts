import type { LumaFeature, Thumbnail, ThumbnailFeature } from "@glasswatch/core/video-features";

/** Share of the picture, 0 to 1, whose luma lies below a share of the range from black to white. */
export function shareBelow(luma: LumaFeature, rangeShare: number): number {
  const limit = luma.black + rangeShare * (luma.white - luma.black);
  let count = 0;
  for (let value = 0; value < limit; value++) count += luma.histogram[value] as number;
  return luma.sampleCount === 0 ? 0 : count / luma.sampleCount;
}

/** Chroma this far from neutral is a colour to the eye, also where luma is low: BT.709 blue has luma 32. */
const visibleChroma = 32;

/** Share of the picture without visible colour. */
export function neutralShare({ cb, cr }: Thumbnail): number {
  let neutral = 0;
  for (let cell = 0; cell < cb.length; cell++) {
    if (Math.hypot((cb[cell] as number) - 128, (cr[cell] as number) - 128) < visibleChroma) neutral++;
  }
  return neutral / cb.length;
}

/** What noise and coding leave between the means of cells that are all black; code values. */
const blackSpread = 4;
/** A logo or a clock may stand on it. */
const leastEven = 0.9;

/**
 * Whether so much of the picture is black, and evenly so: at night and in dark halls as much may be below any limit, but
 * what is there still shows.
 */
export function isBlack(luma: LumaFeature, thumbnail: ThumbnailFeature, lumaShare: number, areaShare: number): boolean {
  if (shareBelow(luma, lumaShare) < areaShare) return false;
  const cells = thumbnail.read();
  return neutralShare(cells) >= areaShare && shareNear(cells.luma, medianOf(cells.luma), blackSpread) >= leastEven;
}

function shareNear(values: Uint8Array, centre: number, apart: number): number {
  let near = 0;
  for (let at = 0; at < values.length; at++) if (Math.abs((values[at] as number) - centre) <= apart) near++;
  return near / values.length;
}

/** An encoder leaves one colour within this many code values of its own. */
const spread = 2;

/** The largest share of the picture within a few code values, and the one in their middle. */
export function dominantLuma({ histogram, sampleCount }: LumaFeature): {
  readonly value: number;
  readonly share: number;
} {
  let count = 0;
  let most = 0;
  let middle = 0;
  for (let value = 0; value < 256 + spread; value++) {
    count += histogram[value] ?? 0;
    count -= histogram[value - 2 * spread - 1] ?? 0;
    if (count > most) {
      most = count;
      middle = value - spread;
    }
  }
  return { value: middle, share: sampleCount === 0 ? 0 : most / sampleCount };
}

/** The chroma that most cells are near, and the share of them that are within a few code values of it. */
export function dominantChroma({ cb, cr }: Thumbnail): {
  readonly cb: number;
  readonly cr: number;
  readonly share: number;
} {
  const centreCb = medianOf(cb);
  const centreCr = medianOf(cr);
  let near = 0;
  for (let cell = 0; cell < cb.length; cell++) {
    const apart = Math.max(Math.abs((cb[cell] as number) - centreCb), Math.abs((cr[cell] as number) - centreCr));
    if (apart <= spread) near++;
  }
  return { cb: centreCb, cr: centreCr, share: near / cb.length };
}

function medianOf(values: Uint8Array): number {
  return Uint8Array.from(values).sort()[values.length >> 1] as number;
}
