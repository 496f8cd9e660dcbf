import type { SoundFingerprint } from "../fingerprint.ts";
import type { RunLine } from "./offset-at.ts";

/** ITU-R BS.1770-4 Annex 1: the gates of integrated loudness. */
const absoluteGateLufs = -70;
const relativeGateLu = -10;

/**
 * How much louder the input is, in LU: the gated loudness (ITU-R BS.1770-4) of what both have, at the same moments of the
 * programme. Null where nothing passes the gate.
 */
export function levelDifference(
  reference: SoundFingerprint,
  input: SoundFingerprint,
  lines: readonly RunLine[],
): number | null {
  const pairs: { readonly own: number; readonly other: number }[] = [];
  for (const line of lines) {
    for (const [i, time] of reference.loudness.times.entries()) {
      if (time < line.fromSeconds || time > line.toSeconds) continue;
      const own = reference.loudness.lufs[i] as number;
      const other = lufsAt(input, time + line.at(time));
      if (own > absoluteGateLufs && other > absoluteGateLufs) pairs.push({ own, other });
    }
  }
  const gate = mean(pairs.map(({ own }) => own)) + relativeGateLu;
  const loud = pairs.filter(({ own }) => own >= gate);
  if (loud.length === 0) return null;
  return mean(loud.map(({ other }) => other)) - mean(loud.map(({ own }) => own));
}

/** Of powers. */
function mean(lufs: readonly number[]): number {
  return 10 * Math.log10(lufs.reduce((sum, value) => sum + 10 ** (value / 10), 0) / lufs.length);
}

function lufsAt({ loudness: { times, lufs } }: SoundFingerprint, timeSeconds: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < timeSeconds) low = middle + 1;
    else high = middle;
  }
  const distance = (index: number) => Math.abs((times[index] ?? Number.NEGATIVE_INFINITY) - timeSeconds);
  const index = distance(low - 1) < distance(low) ? low - 1 : low;
  return distance(index) < 0.1 ? (lufs[index] as number) : Number.NEGATIVE_INFINITY;
}
