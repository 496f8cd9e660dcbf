import type { Thumbnail, ThumbnailFeature } from "@glasswatch/core/features";

/**
 * Cb and Cr of the six bars, 75 %, between BT.601 and BT.709. At 100 % they lie farther out in the same directions
 * (SMPTE EG 1, SMPTE RP 219, ITU-R BT.471).
 */
const bars = [
  { cb: -84, cr: 11 },
  { cb: 24, cr: -84 },
  { cb: -60, cr: -73 },
  { cb: 60, cr: 73 },
  { cb: -24, cr: 84 },
  { cb: 84, cr: -11 },
] as const;

/** Real colours are seldom so strong. */
const leastSaturation = 55;
const directionTolerance = Math.cos((14 * Math.PI) / 180);
/** SMPTE bars fill two thirds of the height, RP 219 seven twelfths, a clock or an ident hides some of that. */
const leastRows = 6;
const leastCells = 2;

/** Share of the rows of a thumbnail across which all six bars stand side by side, in any order. */
export function colourBarRows(thumbnail: Thumbnail, { columns, rows }: ThumbnailFeature): number {
  let matching = 0;
  for (let row = 0; row < rows; row++) if (hasAllBars(thumbnail, row * columns, columns)) matching++;
  return matching / rows;
}

export function showsColourBars(thumbnail: Thumbnail, feature: ThumbnailFeature): boolean {
  return colourBarRows(thumbnail, feature) >= leastRows / feature.rows;
}

/** Each bar once, none more than twice and a half as wide as another. Cells on the border of two bars match neither. */
function hasAllBars({ cb, cr }: Thumbnail, first: number, columns: number): boolean {
  let seen = 0;
  let narrowest = columns;
  let widest = 0;
  let run = 0;
  let present = -1;
  for (let column = 0; column <= columns; column++) {
    const at = first + column;
    const bar = column < columns ? barOf((cb[at] as number) - 128, (cr[at] as number) - 128) : -1;
    if (bar === present) {
      run++;
      continue;
    }
    if (present >= 0 && run >= leastCells) {
      if ((seen >> present) & 1) return false;
      seen |= 1 << present;
      narrowest = Math.min(narrowest, run);
      widest = Math.max(widest, run);
    }
    present = bar;
    run = 1;
  }
  return seen === (1 << bars.length) - 1 && widest <= 2.5 * narrowest;
}

function barOf(cb: number, cr: number): number {
  const saturation = Math.hypot(cb, cr);
  if (saturation < leastSaturation) return -1;
  for (let bar = 0; bar < bars.length; bar++) {
    const direction = bars[bar] as (typeof bars)[number];
    const cosine = (cb * direction.cb + cr * direction.cr) / (saturation * Math.hypot(direction.cb, direction.cr));
    if (cosine >= directionTolerance) return bar;
  }
  return -1;
}
