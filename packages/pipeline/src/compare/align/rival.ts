import type { Measured } from "./runs.ts";
import { median } from "./statistics.ts";

/** The next best alignment explains so little more: the best is then as good as sure. */
const clearShare = 0.4;
/** Or it leaves so many times more unexplained, which tells bars of music apart that are played alike and not the same. */
const clearRatio = 7;
/** What renditions leave unexplained of each other anyway. */
const codingRest = 0.02;

/** 0 to 1: how far the alignment of a run is ahead of the next best. */
export function leadOf(windows: readonly Measured[], lobeSeconds: number): number {
  const share = rivalOf(windows, lobeSeconds);
  const own = Math.min(1, median(windows.map(({ score }) => score)));
  const ratio = (1 - share * own + codingRest) / (1 - own + codingRest);
  return Math.max(0, Math.min(1, Math.max((1 - share) / clearShare, (ratio - 1) / (clearRatio - 1))));
}

/** A delay that too few windows looked at is no rival. */
const leastShare = 0.5;

/**
 * How well the next best alignment of a run fits, as a share of how well the best does: the correlation of all windows
 * together, each moved by the same time. 1 for what repeats itself exactly.
 */
function rivalOf(windows: readonly Measured[], lobeSeconds: number): number {
  const [first] = windows;
  if (!first) return 0;
  const { rate } = first.match;
  const reach = Math.max(...windows.map(({ match }) => match.curve.length));
  let own = 0;
  for (const { coarse } of windows) own += coarse.score;
  own /= windows.length;
  let best = 0;
  const lobe = Math.ceil(lobeSeconds * rate);
  for (let shift = -reach; shift <= reach; shift++) {
    if (Math.abs(shift) < lobe) continue;
    let sum = 0;
    let count = 0;
    for (const { match, coarse } of windows) {
      const value = match.curve[Math.round(coarse.offsetSeconds * rate) - match.firstOffset + shift];
      if (value === undefined || Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    if (count >= leastShare * windows.length) best = Math.max(best, sum / count);
  }
  return own > 0 ? best / own : 1;
}
