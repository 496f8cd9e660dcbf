import type { RunLine } from "../align/offset-at.ts";
import { pictureTrack } from "../align/picture-samples.ts";
import type { PictureFingerprint } from "../fingerprint.ts";

/** Two pictures that show one moment, each by its own presentation time. */
export interface NominatedPair {
  readonly referenceSeconds: number;
  readonly inputSeconds: number;
}

/** One pair a second; of longer programmes, so many stretches of so many seconds, evenly spread. */
const stretches = 12;
const stretchSlots = 10;
/** Pictures further apart than this share of a picture's length show motion at two moments. */
const apartShare = 0.25;

/** Pictures of both inputs that show the same moment by the delay that was found, with the least time between them. */
export function nominatePairs(
  reference: PictureFingerprint,
  input: PictureFingerprint,
  lines: readonly RunLine[],
): readonly NominatedPair[] {
  const own = pictureTrack(reference);
  const other = pictureTrack(input);
  const most = apartShare * Math.min(own.intervalSeconds, other.intervalSeconds);
  return spread(lines.flatMap(secondsOf)).flatMap(({ line, fromSeconds, toSeconds }) => {
    let best: NominatedPair | undefined;
    let bestApart = most;
    for (let index = own.indexAt(fromSeconds); index < own.times.length; index++) {
      const referenceSeconds = own.times[index] as number;
      if (referenceSeconds >= toSeconds) break;
      const wanted = referenceSeconds + line.at(referenceSeconds);
      const after = other.indexAt(wanted);
      for (const inputSeconds of other.times.subarray(Math.max(0, after - 1), after + 1)) {
        const apart = Math.abs(inputSeconds - wanted);
        // Equal distances are equal but for rounding: the first of them is taken.
        if (best ? apart >= bestApart - 1e-4 : apart > most) continue;
        best = { referenceSeconds, inputSeconds };
        bestApart = apart;
      }
    }
    return best ? [best] : [];
  });
}

interface Slot {
  readonly line: RunLine;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

function secondsOf(line: RunLine): readonly Slot[] {
  const count = Math.floor(line.toSeconds - line.fromSeconds);
  return Array.from({ length: count }, (_, second) => ({
    line,
    fromSeconds: line.fromSeconds + second,
    toSeconds: line.fromSeconds + second + 1,
  }));
}

function spread(slots: readonly Slot[]): readonly Slot[] {
  if (slots.length <= stretches * stretchSlots) return slots;
  return Array.from({ length: stretches }, (_, stretch) => {
    const first = Math.round((stretch * (slots.length - stretchSlots)) / (stretches - 1));
    return slots.slice(first, first + stretchSlots);
  }).flat();
}
