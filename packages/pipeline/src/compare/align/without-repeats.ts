import { fingerprintCells } from "@glasswatch/kernels/picture-fingerprint";
import type { PictureFingerprint } from "../fingerprint.ts";

/** A picture that differs by so much less than those beside it, between moving pictures, is shown once more. */
const repeatShare = 0.1;
/** Code values by which pictures in motion differ at least. */
const leastMotion = 0.15;
/**
 * At low rates an encoder betters a picture where it is shown once more, and the share above does not hold. That the rate
 * was doubled is then known by the whole track: of all by which pictures in motion change more or less than those beside
 * them, so much falls in with every other picture. By roots, so that cuts do not decide: measured, 0.8 to 1 where the rate
 * was doubled, and up to 0.6 elsewhere.
 */
const turnShare = 0.7;
/** Fewer pictures in motion fall in by chance. */
const leastMoving = 40;

/**
 * The pictures without those that conversion to a higher rate repeats: what is seen changes when it changes, however often
 * it is shown. Still pictures stay as they are.
 */
export function withoutRepeats(all: PictureFingerprint): PictureFingerprint {
  const allSteps = stepsOf(all);
  const turns = turnsOf(allSteps);
  const pictures = Math.abs(turns) < turnShare ? all : pick(all, (i) => i % 2 === (turns > 0 ? 1 : 0));
  const steps = pictures === all ? allSteps : stepsOf(pictures);
  return pick(pictures, (i) => {
    const most = mostBeside(steps, i);
    return most < leastMotion || (steps[i] as number) >= repeatShare * most;
  });
}

/** How clearly every other picture changes less than its neighbours: 1 where the even ones do, −1 where the odd ones do. */
function turnsOf(steps: Float32Array): number {
  let even = 0;
  let all = 0;
  let moving = 0;
  for (let i = 2; i + 1 < steps.length; i++) {
    if (mostBeside(steps, i) < leastMotion) continue;
    const beside = (Math.sqrt(steps[i - 1] as number) + Math.sqrt(steps[i + 1] as number)) / 2;
    const less = beside - Math.sqrt(steps[i] as number);
    even += i % 2 === 0 ? less : -less;
    all += Math.abs(less);
    moving++;
  }
  return moving < leastMoving ? 0 : even / all;
}

function pick({ times, cells }: PictureFingerprint, wanted: (index: number) => boolean): PictureFingerprint {
  const kept: number[] = [];
  for (let i = 0; i < times.length; i++) if (wanted(i)) kept.push(i);
  if (kept.length === times.length) return { times, cells };
  const fewer = new Uint16Array(kept.length * fingerprintCells);
  for (const [at, index] of kept.entries()) {
    fewer.set(cells.subarray(index * fingerprintCells, (index + 1) * fingerprintCells), at * fingerprintCells);
  }
  return { times: Float64Array.from(kept, (index) => times[index] as number), cells: fewer };
}

function stepsOf({ times, cells }: PictureFingerprint): Float32Array {
  return Float32Array.from({ length: times.length }, (_, i) =>
    i > 0 ? stepBefore(cells, i) : Number.POSITIVE_INFINITY,
  );
}

function mostBeside(steps: Float32Array, index: number): number {
  return Math.max(finite(steps[index - 1]), finite(steps[index + 1]));
}

function finite(step: number | undefined): number {
  return step !== undefined && Number.isFinite(step) ? step : 0;
}

/** Root mean square of what changed against the picture before, in code values. */
function stepBefore(cells: Uint16Array, index: number): number {
  let sum = 0;
  const start = index * fingerprintCells;
  for (let i = start; i < start + fingerprintCells; i++) {
    sum += ((cells[i] as number) - (cells[i - fingerprintCells] as number)) ** 2;
  }
  return Math.sqrt(sum / fingerprintCells) / 256;
}
