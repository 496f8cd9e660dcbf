import { fingerprintCells } from "@glasswatch/kernels/picture-fingerprint";
import type { PictureChanges } from "./picture-changes.ts";
import { median } from "./statistics.ts";
import { type ExactPeak, weightOf } from "./window-match.ts";

/** The coarse search is right to within a step of it, and as much again where motion is slow. */
const reachSeconds = 0.08;
/** A change of the whole picture by so much, in code values, is motion; compression changes less. */
const leastMotion = 0.25;
const leastMovingShare = 0.15;
/** Single changes so large are cuts, and place a still programme too. */
const leastCut = 4;
/** A cut weighs no more than this many pictures in ordinary motion. */
const cutWeight = 2;
/** Tracks whose intervals differ by less show the same pictures. */
const sameRateShare = 0.01;
/** Fewer pairs than this share of a window's changes say nothing about the rest. */
const leastPairedShare = 0.8;

/**
 * The exact delay of a stretch of pictures near a known one; undefined where nothing moves. Each change of the track with
 * fewer pictures is held against its nearest in time in the other, and against the ones before and after those: how well
 * these rows of pairs correlate, by how far they lie apart, has its top at the delay.
 */
export function refinePicture(
  reference: PictureChanges,
  input: PictureChanges,
  { fromSeconds, toSeconds, offsetSeconds }: { fromSeconds: number; toSeconds: number; offsetSeconds: number },
): ExactPeak | undefined {
  const byInput = input.intervalSeconds > 1.1 * reference.intervalSeconds;
  const [sparse, dense] = byInput ? [input, reference] : [reference, input];
  const shift = byInput ? -offsetSeconds : offsetSeconds;
  const start = byInput ? offsetSeconds : 0;
  const first = sparse.indexAt(fromSeconds + start);
  const indices = Array.from({ length: sparse.indexAt(toSeconds + start) - first }, (_, i) => first + i);
  const changes = indices.map((index) => sparse.read(index));
  const mostEnergy = mostEnergyOf(changes);
  if (mostEnergy === undefined) return undefined;
  const nearest = indices.map((index) => nearestTo(dense, sparse.timeOf(index) + shift));
  const kept = keptChanges(dense);
  const reach = Math.max(2, Math.ceil(reachSeconds / dense.intervalSeconds));
  const rows = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    correlate({ sparse, dense, indices, changes, mostEnergy, partners: nearest.map((own) => own + i - reach), kept }),
  );
  const top = topOf(rows);
  if (!top) return undefined;
  const { apartSeconds, score, sharpness } = top;
  return { offsetSeconds: byInput ? -apartSeconds : apartSeconds, score, weight: weightOf(sharpness, score) };
}

/** How well changes fit their partners, and how much later these are on average. */
interface Row {
  readonly apartSeconds: number;
  readonly score: number;
}

interface Pairing {
  readonly sparse: PictureChanges;
  readonly dense: PictureChanges;
  readonly indices: readonly number[];
  readonly changes: readonly Float32Array[];
  readonly mostEnergy: number;
  readonly partners: readonly number[];
  readonly kept: (index: number) => Float32Array;
}

function correlate({ sparse, dense, indices, changes, mostEnergy, partners, kept }: Pairing): Row | undefined {
  const sameRate = Math.abs(sparse.intervalSeconds / dense.intervalSeconds - 1) < sameRateShare;
  // Where rates differ, a cut is shown up to a picture late, and says less about the delay than any motion.
  const weightAt = (energy: number) => (energy <= mostEnergy ? 1 : sameRate ? mostEnergy / energy : 0);
  let product = 0;
  let own = 0;
  let other = 0;
  let apart = 0;
  let pairs = 0;
  for (const [i, index] of indices.entries()) {
    const partner = partners[i] as number;
    if (partner < 0 || partner >= dense.count) continue;
    const change = changes[i] as Float32Array;
    const partnerChange = kept(partner);
    const energy = dot(change, change);
    const partnerEnergy = dot(partnerChange, partnerChange);
    const weight = weightAt(Math.max(energy, partnerEnergy));
    product += weight * dot(change, partnerChange);
    own += weight * energy;
    other += weight * partnerEnergy;
    apart += weight * energy * (dense.timeOf(partner) - sparse.timeOf(index));
    pairs++;
  }
  if (pairs < leastPairedShare * indices.length || own === 0) return undefined;
  return { apartSeconds: apart / own, score: other > 0 ? product / Math.sqrt(own * other) : 0 };
}

/** Of the parabola through the best row that has both neighbours, and these. */
function topOf(rows: readonly (Row | undefined)[]): (Row & { readonly sharpness: number }) | undefined {
  let best: ReturnType<typeof topOf>;
  for (let i = 1; i < rows.length - 1; i++) {
    const [before, at, after] = [rows[i - 1], rows[i], rows[i + 1]];
    if (!before || !at || !after || at.score < before.score || at.score < after.score) continue;
    if (best && best.score >= at.score) continue;
    const { distance, sharpness } = topOfParabola(before, at, after);
    best = { apartSeconds: at.apartSeconds + distance, score: at.score, sharpness };
  }
  return best;
}

function topOfParabola(before: Row, at: Row, after: Row): { distance: number; sharpness: number } {
  const [x1, x2] = [before.apartSeconds - at.apartSeconds, after.apartSeconds - at.apartSeconds];
  const [y1, y2] = [before.score - at.score, after.score - at.score];
  const curvature = x1 * x2 * (x1 - x2);
  const a = (x2 * y1 - x1 * y2) / curvature;
  const b = (x1 * x1 * y2 - x2 * x2 * y1) / curvature;
  return { distance: a < 0 ? Math.min(x2, Math.max(x1, -b / (2 * a))) : 0, sharpness: -a };
}

function nearestTo(changes: PictureChanges, timeSeconds: number): number {
  const after = changes.indexAt(timeSeconds);
  if (after === 0) return timeSeconds < changes.timeOf(0) - changes.intervalSeconds ? -1_000_000 : 0;
  if (after >= changes.count) return after;
  return timeSeconds - changes.timeOf(after - 1) < changes.timeOf(after) - timeSeconds ? after - 1 : after;
}

/** Neighbouring rows meet the same changes again. */
function keptChanges(changes: PictureChanges): (index: number) => Float32Array {
  const kept = new Map<number, Float32Array>();
  return (index) => {
    const known = kept.get(index) ?? changes.read(index);
    kept.set(index, known);
    return known;
  };
}

/** Changes with more energy count no more than this, as single cuts would outweigh all motion; undefined without motion. */
function mostEnergyOf(changes: readonly Float32Array[]): number | undefined {
  const sizes = changes.map((change) => Math.sqrt(dot(change, change) / fingerprintCells));
  const moving = sizes.filter((size) => size >= leastMotion);
  const hasCut = sizes.some((size) => size >= leastCut);
  if (!hasCut && (moving.length === 0 || moving.length < leastMovingShare * sizes.length)) return undefined;
  return cutWeight * Math.max(leastMotion, median(moving)) ** 2 * fingerprintCells;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
