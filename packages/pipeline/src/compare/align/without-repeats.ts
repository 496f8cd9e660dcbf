import { fingerprintCells } from "@glasswatch/kernels/picture-fingerprint";
import type { PictureFingerprint } from "../fingerprint.ts";

/** A picture that differs by so much less than those beside it, between moving pictures, is shown once more. */
const repeatShare = 0.1;
/** Code values by which pictures in motion differ at least. */
const leastMotion = 0.15;

/**
 * The pictures without those that conversion to a higher rate repeats: what is seen changes when it changes, however often
 * it is shown. Still pictures stay as they are.
 */
export function withoutRepeats({ times, cells }: PictureFingerprint): PictureFingerprint {
  const steps = Float32Array.from({ length: times.length }, (_, i) =>
    i > 0 ? stepBefore(cells, i) : Number.POSITIVE_INFINITY,
  );
  const kept: number[] = [];
  for (let i = 0; i < times.length; i++) {
    const most = Math.max(finite(steps[i - 1]), finite(steps[i + 1]));
    const isRepeat = most >= leastMotion && (steps[i] as number) < repeatShare * most;
    if (!isRepeat) kept.push(i);
  }
  if (kept.length === times.length) return { times, cells };
  const fewer = new Uint16Array(kept.length * fingerprintCells);
  for (const [at, index] of kept.entries()) {
    fewer.set(cells.subarray(index * fingerprintCells, (index + 1) * fingerprintCells), at * fingerprintCells);
  }
  return { times: Float64Array.from(kept, (index) => times[index] as number), cells: fewer };
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
