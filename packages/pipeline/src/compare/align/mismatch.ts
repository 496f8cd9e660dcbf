import { fingerprintCells } from "@glasswatch/kernels/picture-fingerprint";
import type { Mismatch } from "./edges.ts";
import type { PictureTrack } from "./picture-samples.ts";
import type { Sequence } from "./sequence.ts";

/** Of the movement of levels over `stepSeconds`, dB². */
export function soundMismatch(reference: Sequence, input: Sequence, stepSeconds: number): Mismatch {
  const { rate, channels } = reference;
  const length = Math.max(1, Math.round(stepSeconds * rate));
  return (timeSeconds, offsetSeconds) => {
    const start = Math.round(timeSeconds * rate);
    const at = Math.round((timeSeconds + offsetSeconds) * rate);
    if (start < 0 || at < 0 || start + length > reference.steps || at + length > input.steps) return Number.NaN;
    let sum = 0;
    for (let i = 0; i < length * channels; i++) {
      sum += ((reference.data[start * channels + i] as number) - (input.data[at * channels + i] as number)) ** 2;
    }
    return sum / length / channels;
  };
}

/** Of luma, squared code values. */
export function pictureMismatch(reference: PictureTrack, input: PictureTrack): Mismatch {
  const difference = new Float32Array(fingerprintCells);
  return (timeSeconds, offsetSeconds) => {
    const at = timeSeconds + offsetSeconds;
    if (timeSeconds < reference.startSeconds || timeSeconds > reference.endSeconds) return Number.NaN;
    if (at < input.startSeconds || at > input.endSeconds) return Number.NaN;
    difference.fill(0);
    reference.addTo(difference, timeSeconds, 1);
    input.addTo(difference, at, -1);
    return difference.reduce((sum, value) => sum + value * value, 0) / fingerprintCells;
  };
}
