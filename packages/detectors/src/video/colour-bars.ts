import type { Thumbnail, ThumbnailFeature } from "@glasswatch/core/video-features";

/**
 * Cb and Cr of the six bars in their order, 75 %, between BT.601 and BT.709. At 100 % they lie farther out in the same
 * directions (SMPTE EG 1, SMPTE RP 219, ITU-R BT.471).
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
/** Cells on the border of two bars match neither. */
const mostBetween = 2;
/** EBU bars of 4:3 within 16:9 have 0.56 of the width, RP 219 has 0.64; what has less is a monitor in the scene. */
const leastWidth = 0.44;

/** Where in a row of cells the bars begin and end; overwritten by each row that has them. */
interface BarPlace {
  first: number;
  last: number;
}

/** Share of the rows of a thumbnail across which all six bars stand side by side, upright and in their order. */
export function colourBarRows(thumbnail: Thumbnail, { columns, rows }: ThumbnailFeature): number {
  const place: BarPlace = { first: 0, last: 0 };
  let first = 0;
  let last = 0;
  let matching = 0;
  let most = 0;
  for (let row = 0; row < rows; row++) {
    if (!findBars(thumbnail, row * columns, columns, place)) continue;
    const isUpright = Math.abs(place.first - first) <= 1 && Math.abs(place.last - last) <= 1;
    matching = isUpright ? matching + 1 : 1;
    if (!isUpright) ({ first, last } = place);
    most = Math.max(most, matching);
  }
  return most / rows;
}

export function showsColourBars(thumbnail: Thumbnail, feature: ThumbnailFeature): boolean {
  return colourBarRows(thumbnail, feature) >= leastRows / feature.rows;
}

/** Each bar once, from either side, none more than twice and a half as wide as another. */
function findBars({ cb, cr }: Thumbnail, from: number, columns: number, place: BarPlace): boolean {
  let seen = 0;
  let before = -1;
  let step = 0;
  let narrowest = columns;
  let widest = 0;
  let run = 0;
  let present = -1;
  for (let column = 0; column <= columns; column++) {
    const at = from + column;
    const bar = column < columns ? barOf((cb[at] as number) - 128, (cr[at] as number) - 128) : -1;
    if (bar === present) {
      run++;
      continue;
    }
    if (present >= 0 && run >= leastCells) {
      if (seen === 0) place.first = column - run;
      else if (column - run - place.last > mostBetween) return false;
      if (seen === 1) step = present - before;
      if (seen > 0 && (present - before !== step || Math.abs(step) !== 1)) return false;
      place.last = column;
      before = present;
      seen++;
      narrowest = Math.min(narrowest, run);
      widest = Math.max(widest, run);
    }
    present = bar;
    run = 1;
  }
  return seen === bars.length && widest <= 2.5 * narrowest && place.last - place.first >= leastWidth * columns;
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
