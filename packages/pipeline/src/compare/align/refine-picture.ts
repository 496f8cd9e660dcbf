import { fingerprintCells } from "@glasswatch/kernels/picture-fingerprint";
import { topOfParabola } from "./parabola.ts";
import type { PictureTrack } from "./picture-samples.ts";
import { median } from "./statistics.ts";
import type { Peak } from "./window-match.ts";

/** The coarse search is right to within a step of it, and some. */
const reachSeconds = 0.08;
const stepSeconds = 0.005;
/** Change is looked at over so long: shorter is mostly what codecs do, longer has less to say about when. */
const changeSeconds = 0.16;
/** A change of the whole picture by so much, in code values, is motion; compression changes less. */
const leastMotion = 0.25;
const leastMovingShare = 0.15;
/** Single changes so large are cuts, and place a still programme too. */
const leastCut = 4;
/** A cut weighs no more than this many pictures in ordinary motion. */
const cutWeight = 6;

/**
 * The exact delay of a stretch of pictures near a known one; undefined where nothing moves. The pictures of the track with
 * fewer of them are held against what the other shows at their time, between two pictures a blend of both.
 */
export function refinePicture(
  reference: PictureTrack,
  input: PictureTrack,
  { fromSeconds, toSeconds, offsetSeconds }: { fromSeconds: number; toSeconds: number; offsetSeconds: number },
): Peak | undefined {
  const byInput = input.intervalSeconds > 1.1 * reference.intervalSeconds;
  const [sparse, dense] = byInput ? [input, reference] : [reference, input];
  const toSparse = byInput ? offsetSeconds : 0;
  const sign = byInput ? -1 : 1;
  const times = sparse.times.subarray(sparse.indexAt(fromSeconds + toSparse), sparse.indexAt(toSeconds + toSparse));
  const back = Math.max(1, Math.round(changeSeconds / sparse.intervalSeconds));
  const changes = changesOf(sparse, times, 0, back);
  const weights = weightsOf(changes);
  if (!weights) return undefined;
  const half = Math.round(reachSeconds / stepSeconds);
  const scores: number[] = [];
  for (let i = -half; i <= half; i++) {
    const shift = sign * (offsetSeconds + i * stepSeconds);
    const first = (times[0] as number) + shift;
    const last = (times.at(-1) as number) + shift;
    if (first < dense.startSeconds - 1e-3 || last > dense.endSeconds + 1e-3) scores.push(Number.NaN);
    else scores.push(correlation(changes, changesOf(dense, times, shift, back), weights));
  }
  return peakOf(scores, half, offsetSeconds);
}

function peakOf(scores: readonly number[], half: number, offsetSeconds: number): Peak | undefined {
  let best = -1;
  for (let i = 1; i < scores.length - 1; i++) {
    const own = scores[i] as number;
    const isTop = own >= (scores[i - 1] as number) && own >= (scores[i + 1] as number);
    if (isTop && !(own <= (scores[best] ?? Number.NEGATIVE_INFINITY))) best = i;
  }
  if (best < 0) return undefined;
  const [before, at, after] = [scores[best - 1], scores[best], scores[best + 1]] as [number, number, number];
  return { offsetSeconds: offsetSeconds + (best - half + topOfParabola(before, at, after)) * stepSeconds, score: at };
}

/** What changed at each time against `back` times earlier; pictures at `times` + `shift` of a track. */
function changesOf(track: PictureTrack, times: Float64Array, shift: number, back: number): readonly Float32Array[] {
  const changes: Float32Array[] = [];
  for (let i = back; i < times.length; i++) {
    const change = new Float32Array(fingerprintCells);
    track.addTo(change, (times[i] as number) + shift, 1);
    track.addTo(change, (times[i - back] as number) + shift, -1);
    changes.push(change);
  }
  return changes;
}

/** How much each change counts; undefined where there is none to speak of. */
function weightsOf(changes: readonly Float32Array[]): readonly number[] | undefined {
  const sizes = changes.map((change) => Math.sqrt(dot(change, change) / fingerprintCells));
  const moving = sizes.filter((size) => size >= leastMotion);
  const hasCut = sizes.some((size) => size >= leastCut);
  if (!hasCut && (moving.length === 0 || moving.length < leastMovingShare * sizes.length)) return undefined;
  const usual = Math.max(leastMotion, median(moving));
  return sizes.map((size) => Math.min(1, (cutWeight * usual * usual) / (size * size)));
}

function correlation(a: readonly Float32Array[], b: readonly Float32Array[], weights: readonly number[]): number {
  let product = 0;
  let own = 0;
  let other = 0;
  for (const [i, weight] of weights.entries()) {
    const left = a[i] as Float32Array;
    const right = b[i] as Float32Array;
    product += weight * dot(left, right);
    own += weight * dot(left, left);
    other += weight * dot(right, right);
  }
  const energy = Math.sqrt(own * other);
  return energy > 0 ? product / energy : 0;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
