import { predictor } from "./autoregression.ts";

/** Samples of a stretch that are to be made anew: the first, and the first after them. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

/** Below this mean square nothing is heard: −50 dBFS, where a dropout begins, too. */
const quiet = 1e-5;
/** A hole lies so far below what is beside it: 20 dB. */
const quietShare = 0.01;
/** What is beside it, and what is left beside it for its smeared edges, seconds. */
const besideSeconds = 0.01;
const stepSeconds = 0.0005;
const leastSeconds = 0.004;
/** Lossy coding smears the edges of a hole by about so much. */
const edgeSeconds = 0.001;

/**
 * The holes in a channel's stretch, looked for between two of its samples.
 *
 * @param within first and last sample between which a dropout was told
 */
export function findDropouts(signal: Float32Array, within: Hole, sampleRate: number): readonly Hole[] {
  const step = Math.max(1, Math.round(stepSeconds * sampleRate));
  const beside = Math.round(besideSeconds * sampleRate);
  const edge = Math.round(edgeSeconds * sampleRate);
  const reference = Math.min(
    meanSquare(signal, within.from - beside - edge, within.from - edge),
    meanSquare(signal, within.to + edge, within.to + beside + edge),
  );
  const limit = Math.max(quiet, reference * quietShare);
  const holes: Hole[] = [];
  let from: number | undefined;
  for (let at = within.from - beside; at <= within.to + beside; at += step) {
    const isQuiet = at + step <= signal.length && meanSquare(signal, at, at + step) < limit;
    if (isQuiet) from ??= at;
    else if (from !== undefined) {
      if (at - from >= leastSeconds * sampleRate && at > within.from && from < within.to) {
        holes.push({ from: from - edge, to: at + edge });
      }
      from = undefined;
    }
  }
  return holes;
}

/** A predictor of this order follows what sounds, and not a click. */
const clickOrder = 32;
/** So far out of the usual error of prediction, in standard deviations: a median tells them, which clicks do not move. */
const clickDeviations = 6;
const normalMedian = 0.6745;
const joinSeconds = 0.001;
const longestClickSeconds = 0.008;
const guardSamples = 4;

/** The clicks in a channel's stretch (Godsill and Rayner, "Digital Audio Restoration", 1998, §5.3.1). */
export function findClicks(signal: Float32Array, within: Hole, sampleRate: number): readonly Hole[] {
  const a = predictor(Float64Array.from(signal), clickOrder);
  const errors = signal.map((_, i) => {
    let sum = 0;
    for (let k = 0; k <= clickOrder; k++) sum += (a[k] as number) * (signal[i - k] ?? 0);
    return Math.abs(sum);
  });
  const usual = (errors.toSorted()[errors.length >> 1] as number) / normalMedian;
  const holes: Hole[] = [];
  for (let i = Math.max(clickOrder, within.from); i < Math.min(within.to, signal.length); i++) {
    if ((errors[i] as number) < clickDeviations * usual + 1e-6) continue;
    const last = holes.at(-1);
    if (last && i - last.to < joinSeconds * sampleRate) holes[holes.length - 1] = { from: last.from, to: i + 1 };
    else holes.push({ from: i, to: i + 1 });
  }
  return holes
    .filter(({ from, to }) => to - from <= longestClickSeconds * sampleRate)
    .map(({ from, to }) => ({ from: from - guardSamples, to: to + guardSamples }));
}

function meanSquare(signal: Float32Array, from: number, to: number): number {
  let sum = 0;
  const first = Math.max(0, from);
  const end = Math.min(signal.length, to);
  for (let i = first; i < end; i++) sum += (signal[i] as number) ** 2;
  return end > first ? sum / (end - first) : 0;
}
