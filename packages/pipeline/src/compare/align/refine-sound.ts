import { topOfParabola } from "./parabola.ts";
import type { Sequence } from "./sequence.ts";
import { type ExactPeak, weightOf } from "./window-match.ts";

/** The coarse search is right to within a step of it, and half as much again where codecs smear. */
const reachSeconds = 0.03;
/** Levels that move by less than this, in dB, are steady: what moves then is noise. */
const leastMovementDb = 0.7;

/** The exact delay of a stretch of sound near a known one; undefined where the sound is too steady to have one. */
export function refineSound(
  reference: Sequence,
  input: Sequence,
  { fromSeconds, toSeconds, offsetSeconds }: { fromSeconds: number; toSeconds: number; offsetSeconds: number },
): ExactPeak | undefined {
  const { rate, channels } = reference;
  const reach = Math.round(reachSeconds * rate);
  const start = Math.max(0, Math.round(fromSeconds * rate));
  const end = Math.min(reference.steps, Math.round(toSeconds * rate));
  const centre = Math.round(offsetSeconds * rate);
  const length = end - start;
  if (length <= 0 || start + centre - reach < 0 || end + centre + reach > input.steps) return undefined;
  const least = leastMovementDb ** 2 * length * channels;
  const referenceEnergy = energy(reference, start, length);
  if (referenceEnergy < least || energy(input, start + centre, length) < least) return undefined;
  const scores = new Float64Array(2 * reach + 1);
  for (let i = 0; i < scores.length; i++) {
    const at = start + centre - reach + i;
    scores[i] = product(reference, start, input, at, length) / Math.sqrt(referenceEnergy * energy(input, at, length));
  }
  const best = scores.indexOf(Math.max(...scores));
  if (best <= 0 || best >= scores.length - 1) return undefined;
  const [before, at, after] = scores.subarray(best - 1, best + 2) as unknown as [number, number, number];
  return {
    offsetSeconds: (centre - reach + best + topOfParabola(before, at, after)) / rate,
    score: at,
    weight: weightOf((at - (before + after) / 2) * rate * rate, at),
  };
}

function energy({ data, channels }: Sequence, start: number, length: number): number {
  let sum = 0;
  for (let i = start * channels; i < (start + length) * channels; i++) sum += (data[i] as number) ** 2;
  return sum;
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
