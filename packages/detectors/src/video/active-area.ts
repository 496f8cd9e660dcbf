import type { Area } from "@glasswatch/core/finding";
import type { LitProfile } from "@glasswatch/core/video-features";

/** Where the picture that is shown begins and ends, overwritten by each reading. */
export interface ActiveArea {
  readonly area: Area;
  /**
   * The part of the picture that is not bars, where its edges can be seen: straight and sharp, with the picture lit along
   * all of them. They cannot at night, in fades, in titles on black: the area is then left as it was.
   *
   * @param known what the pictures before showed: where edges are seen in one direction only, the other is taken from it
   */
  read(profile: LitProfile, known: Area | undefined): "seen" | "partly seen" | "unseen";
}

/** Share of the picture's width or height that is black before the first and after the last of what is shown. */
interface Insets {
  before: number;
  after: number;
}

/** Coding and scaling move an edge by a few lines: 1.5 % of the height is 16 of 1080. */
const tolerance = 0.015;
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
/** By which the picture is lit more than the bar, where it is dark along an edge. */
const leastStep = 0.15;
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

export function openActiveArea(): ActiveArea {
  const area = { x: 0, y: 0, width: 1, height: 1 };
  const vertical: Insets = { before: 0, after: 0 };
  const horizontal: Insets = { before: 0, after: 0 };

  function isPossible(): boolean {
    const width = 1 - horizontal.before - horizontal.after;
    const height = 1 - vertical.before - vertical.after;
    return Math.min(width, height) >= leastShare && Math.max(width, height) >= leastOfLonger;
  }

  return {
    area,
    read({ rows, samplesPerRow, columns, samplesPerColumn }, known) {
      const across = extentOf(columns, samplesPerColumn);
      const down = extentOf(rows, samplesPerRow);
      if (across === 0 || down === 0) return "unseen";
      const seenVertical = readInsets(rows, samplesPerRow * across, vertical);
      const seenHorizontal = readInsets(columns, samplesPerColumn * down, horizontal);
      if (!seenVertical && !seenHorizontal) return "unseen";
      if (!seenVertical || !seenHorizontal) {
        if (!known) return "unseen";
        const [lit, samples, start, length] = seenVertical
          ? ([columns, samplesPerColumn * down, known.x, known.width] as const)
          : ([rows, samplesPerRow * across, known.y, known.height] as const);
        setInsets(seenVertical ? horizontal : vertical, start, length);
        if (!fills(lit, samples, seenVertical ? horizontal : vertical)) return "unseen";
      }
      if (!isPossible()) return "unseen";
      area.x = horizontal.before;
      area.y = vertical.before;
      area.width = 1 - horizontal.before - horizontal.after;
      area.height = 1 - vertical.before - vertical.after;
      return seenVertical && seenHorizontal ? "seen" : "partly seen";
    },
  };
}

function setInsets(insets: Insets, start: number, length: number): void {
  insets.before = start;
  insets.after = 1 - start - length;
}

export function isSameArea(a: Area, b: Area): boolean {
  return (
    isSameExtent(a.x - b.x, a.x + a.width - b.x - b.width) && isSameExtent(a.y - b.y, a.y + a.height - b.y - b.height)
  );
}

/** A picture is centred: an edge that moves alone, and by a little, is something dark beside it. */
function isSameExtent(atStart: number, atEnd: number): boolean {
  const start = Math.abs(atStart);
  const end = Math.abs(atEnd);
  return Math.min(start, end) <= tolerance && Math.max(start, end) <= 2 * tolerance;
}

/** Whether what is shown reaches where it did before and has no gap: else it is a lit thing at night, or parts on black. */
function fills(lit: ArrayLike<number>, samples: number, { before, after }: Insets): boolean {
  const leeway = tolerance * lit.length + edgeLines;
  const from = before * lit.length;
  const to = (1 - after) * lit.length;
  const dark = (line: number) => (lit[line] as number) <= gapLit * samples;
  let first = 0;
  let last = lit.length - 1;
  while (first < last && dark(first)) first++;
  while (last > first && dark(last)) last--;
  return first <= from + leeway && last >= to - 1 - leeway && !hasGap(lit, samples, first, last + 1);
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

/** False where they cannot be told. */
function readInsets(lit: ArrayLike<number>, samples: number, insets: Insets): boolean {
  let before = insetOf(lit, samples, 0, 1);
  let after = insetOf(lit, samples, lit.length - 1, -1);
  if (before < 0 && mirrors(lit, samples, 0, 1, after)) before = after;
  else if (after < 0 && mirrors(lit, samples, lit.length - 1, -1, before)) after = before;
  if (before < 0 || after < 0) return false;
  if (Math.abs(before - after) > asymmetry * Math.max(before, after) + edgeLines) return false;
  if (before + after > 0 && hasGap(lit, samples, before, lit.length - after)) return false;
  insets.before = before / lit.length;
  insets.after = after / lit.length;
  return true;
}

/** A picture that is dark along one of its edges begins there nevertheless, if a bar like the one opposite ends there. */
function mirrors(lit: ArrayLike<number>, samples: number, first: number, step: 1 | -1, lines: number): boolean {
  if (lines <= 2 * edgeLines) return false;
  let most = 0;
  for (let line = ignoredLines; line < lines - edgeLines; line++) {
    most = Math.max(most, (lit[first + step * line] as number) / samples);
  }
  const beyond = (lit[first + step * (lines + edgeLines)] as number) / samples;
  return beyond >= most + leastStep;
}

/** Lines of the bar that begins with `first`: 0 where there is none, −1 where that cannot be told. */
function insetOf(lit: ArrayLike<number>, samples: number, first: number, step: 1 | -1): number {
  const shareAt = (line: number) => (lit[first + step * line] as number) / samples;
  const most = lit.length >> 1;
  let border = 0;
  for (let line = ignoredLines; line < ignoredLines + edgeLines; line++) border += shareAt(line);
  if (border > barMean * edgeLines) return 0;
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
