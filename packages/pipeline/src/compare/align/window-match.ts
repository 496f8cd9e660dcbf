import type { BlockOffsets } from "./block-offsets.ts";
import { energySums, type Sequence } from "./sequence.ts";

export interface Peak {
  readonly offsetSeconds: number;
  /** Correlation coefficient. */
  readonly score: number;
}

/** A delay that was measured exactly. */
export interface ExactPeak extends Peak {
  /** How much this says about the delay, compared with others: the inverse of its variance, on a scale of its own. */
  readonly weight: number;
}

/** Even a perfect match is measured with some noise. */
const leastNoise = 0.005;

/** The sharper a peak, and the better the match, the more exact is its place. */
export function weightOf(sharpness: number, score: number): number {
  return Math.max(0, sharpness) / (1 + leastNoise - Math.min(1, score));
}

/** How well a short stretch of the reference fits the input, by delay. */
export interface WindowMatch {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Correlation coefficients by delay, from `firstOffset` steps on; NaN where nobody looked. */
  readonly curve: Float32Array;
  readonly firstOffset: number;
  readonly rate: number;
  /** Local maxima, the highest first. */
  readonly peaks: readonly Peak[];
}

/** How far around a likely delay of a block its windows look: cuts and wrong sound within it move them. */
const reachSeconds = 3;
const leastScore = 0.2;
const keptPeaks = 8;

export interface WindowPlan {
  readonly windowSeconds: number;
  readonly hopSeconds: number;
}

/** Matches the reference window by window, near the delays that its blocks suggest. */
export function matchWindows(
  reference: Sequence,
  input: Sequence,
  blocks: readonly BlockOffsets[],
  { windowSeconds, hopSeconds }: WindowPlan,
): readonly WindowMatch[] {
  const { rate } = reference;
  const length = Math.round(windowSeconds * rate);
  const hop = Math.max(1, Math.round(hopSeconds * rate));
  const referenceSums = energySums(reference);
  const inputSums = energySums(input);
  const matches: WindowMatch[] = [];
  for (let start = 0; start + length <= reference.steps; start += hop) {
    const ranges = rangesOf(blocks, start / rate, (start + length) / rate, rate);
    const first = ranges[0]?.from ?? 0;
    const last = ranges.at(-1)?.to ?? -1;
    const curve = new Float32Array(Math.max(0, last - first + 1)).fill(Number.NaN);
    const energy = (referenceSums[start + length] as number) - (referenceSums[start] as number);
    for (const { from, to } of ranges) {
      for (let offset = from; offset <= to; offset++) {
        const at = start + offset;
        if (at < 0 || at + length > input.steps) continue;
        const other = (inputSums[at + length] as number) - (inputSums[at] as number);
        const norm = Math.sqrt(energy * other);
        curve[offset - first] = norm > 0 ? product(reference, start, input, at, length) / norm : 0;
      }
    }
    matches.push({
      fromSeconds: start / rate,
      toSeconds: (start + length) / rate,
      curve,
      firstOffset: first,
      rate,
      peaks: peaksOf(curve, first, rate),
    });
  }
  return matches;
}

function product(reference: Sequence, start: number, input: Sequence, at: number, length: number): number {
  const { channels, data } = reference;
  const other = input.data;
  const shift = (at - start) * channels;
  let sum = 0;
  for (let i = start * channels; i < (start + length) * channels; i++) {
    sum += (data[i] as number) * (other[i + shift] as number);
  }
  return sum;
}

/** Ranges of delays in steps, apart from each other and in order. */
function rangesOf(blocks: readonly BlockOffsets[], fromSeconds: number, toSeconds: number, rate: number) {
  const middle = (fromSeconds + toSeconds) / 2;
  const wanted = blocks
    .filter((block) => block.fromSeconds <= middle && middle <= block.toSeconds)
    .flatMap(({ offsets }) => offsets)
    .toSorted((a, b) => a - b);
  const ranges: { from: number; to: number }[] = [];
  for (const offset of wanted) {
    const from = Math.round((offset - reachSeconds) * rate);
    const to = Math.round((offset + reachSeconds) * rate);
    const last = ranges.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else ranges.push({ from, to });
  }
  return ranges;
}

function peaksOf(curve: Float32Array, first: number, rate: number): readonly Peak[] {
  const peaks: Peak[] = [];
  for (let i = 0; i < curve.length; i++) {
    const score = curve[i] as number;
    const before = curve[i - 1] ?? Number.NaN;
    const after = curve[i + 1] ?? Number.NaN;
    if (!(score > leastScore) || before > score || after > score) continue;
    peaks.push({ offsetSeconds: (first + i) / rate, score });
  }
  return peaks.toSorted((a, b) => b.score - a.score).slice(0, keptPeaks);
}
