import { interpolate } from "./autoregression.ts";
import { continueSound } from "./continuation.ts";
import type { Hole } from "./find-damage.ts";

/** Longer holes fade out when they are interpolated: what goes on is continued instead. Measured on speech and music. */
const longestInterpolatedSeconds = 0.02;
const mostOrder = 256;
/** Janssen et al. find little gain after three; the second was measured to give almost all of it. */
const rounds = 2;
/** Of what is continued: a period of a low voice, and how far back syllables and notes still are the same. */
const templateSeconds = 0.01;
const reachSeconds = 0.2;
/** Where continued sound meets what was there, so much is interpolated. */
const jointSeconds = 0.001;

/** Sound on either side of a hole by which it can be filled, seconds. */
export const sideSeconds = 0.3;

/** What takes the place of a hole, and of a little on either side where the two have to meet. */
export interface Filling {
  readonly from: number;
  readonly samples: Float32Array;
}

/**
 * Makes the samples of a hole anew from those beside it.
 *
 * @returns undefined at the ends of a stretch, where one side is missing
 */
export function fillHole(signal: Float32Array, { from, to }: Hole, sampleRate: number): Filling | undefined {
  const order = Math.min(mostOrder, 3 * (to - from) + 2);
  const side = Math.max(4 * order, 3 * (to - from));
  if (from < 2 * order || signal.length - to < 2 * order) return undefined;
  if (to - from <= longestInterpolatedSeconds * sampleRate) {
    return { from, samples: Float32Array.from(interpolated(signal, { from, to }, order, side)) };
  }
  const work = Float32Array.from(signal);
  const template = Math.round(templateSeconds * sampleRate);
  work.set(continueSound(work, from, to, { template, reach: Math.round(reachSeconds * sampleRate) }), from);
  const joint = Math.round(jointSeconds * sampleRate);
  for (const middle of [from, to]) {
    const seam = { from: middle - joint, to: middle + joint };
    work.set(interpolated(work, seam, mostOrder / 2, 4 * mostOrder), seam.from);
  }
  return { from: from - joint, samples: work.slice(from - joint, to + joint) };
}

function interpolated(signal: Float32Array, { from, to }: Hole, order: number, side: number): Float64Array {
  const start = Math.max(0, from - side);
  const around = signal.subarray(start, Math.min(signal.length, to + side));
  return interpolate(around, from - start, to - start, { order, rounds });
}
