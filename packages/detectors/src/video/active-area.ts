import type { LitProfile } from "@glasswatch/core/features";
import type { Area } from "@glasswatch/core/finding";

/** Share of the picture's width or height that is black before the first and after the last of what is shown. */
interface Insets {
  readonly before: number;
  readonly after: number;
}

const whole: Insets = { before: 0, after: 0 };
/** A line of a bar is black for the most part, also under a subtitle or a station's logo. */
const barShare = 0.35;
/** Bars as a whole, where subtitles and logos have their place. */
const barMean = 0.1;
/** The first line of the picture beside a bar; darker ones may be the edge of anything that is lit. */
const pictureShare = 0.6;
/** Lines over which scaling and coding blur an edge. */
const edgeLines = 4;
/** At the very border, where signalling (WSS, ETSI EN 300 294), half lines and rounding leave light beside a bar. */
const ignoredLines = 2;
/** What counts for the extent of what is shown at all. */
const shownShare = 0.1;
/** Bars on both sides are alike, as a picture is centred, but for this share of the larger and a few lines. */
const asymmetry = 0.3;
/** A black gap of this share within what is shown parts two pictures, or the lines of a title. */
const gapShare = 0.015;
const gapLit = 0.02;
/** A portrait picture in a wide one has 0.32 of its width; what is smaller in both directions is a card on black. */
const leastShare = 0.28;
const leastOfLonger = 0.7;

/**
 * The part of the picture that is not bars, where its edges can be seen: straight and sharp, with the picture lit along all
 * of them. Undefined where they cannot: at night, in fades, in titles on black.
 */
export function activeAreaOf({ rows, samplesPerRow, columns, samplesPerColumn }: LitProfile): Area | undefined {
  const across = extentOf(columns, samplesPerColumn);
  const down = extentOf(rows, samplesPerRow);
  if (across === 0 || down === 0) return undefined;
  const vertical = insetsOf(rows, samplesPerRow * across);
  const horizontal = insetsOf(columns, samplesPerColumn * down);
  if (!vertical || !horizontal) return undefined;
  const width = 1 - horizontal.before - horizontal.after;
  const height = 1 - vertical.before - vertical.after;
  if (Math.min(width, height) < leastShare || Math.max(width, height) < leastOfLonger) return undefined;
  return { x: horizontal.before, y: vertical.before, width, height };
}

/** Share of the lines between the first and the last that show anything. */
function extentOf(lit: ArrayLike<number>, samples: number): number {
  const least = shownShare * samples;
  let first = 0;
  let last = lit.length - 1;
  while (first <= last && (lit[first] as number) < least) first++;
  while (last >= first && (lit[last] as number) < least) last--;
  return (last + 1 - first) / lit.length;
}

function insetsOf(lit: ArrayLike<number>, samples: number): Insets | undefined {
  const before = insetOf(lit, samples, 0, 1);
  const after = insetOf(lit, samples, lit.length - 1, -1);
  if (before < 0 || after < 0) return undefined;
  if (before === 0 && after === 0) return whole;
  if (Math.abs(before - after) > asymmetry * Math.max(before, after) + edgeLines) return undefined;
  if (hasGap(lit, samples, before, lit.length - after)) return undefined;
  return { before: before / lit.length, after: after / lit.length };
}

/** Lines of the bar that begins with `first`: 0 where there is none, −1 where that cannot be told. */
function insetOf(lit: ArrayLike<number>, samples: number, first: number, step: 1 | -1): number {
  const shareAt = (line: number) => (lit[first + step * line] as number) / samples;
  const most = lit.length >> 1;
  let line = ignoredLines;
  let sum = 0;
  while (line < most && shareAt(line) < barShare) sum += shareAt(line++);
  if (line < edgeLines) return 0;
  if (line === most || sum / line > barMean) return -1;
  for (let beyond = line; beyond < line + edgeLines && beyond < most; beyond++) {
    if (shareAt(beyond) >= pictureShare) return line;
  }
  return -1;
}

function hasGap(lit: ArrayLike<number>, samples: number, from: number, to: number): boolean {
  const longest = Math.max(2, gapShare * lit.length);
  let dark = 0;
  for (let line = from; line < to; line++) {
    dark = (lit[line] as number) <= gapLit * samples ? dark + 1 : 0;
    if (dark >= longest) return true;
  }
  return false;
}
