import { blockOffsets } from "./block-offsets.ts";
import { longestChain } from "./chain.ts";
import { type Drift, driftOf } from "./drift-line.ts";
import { likeliestPath } from "./path.ts";
import { leadOf } from "./rival.ts";
import { type Measured, type Run, runsOf } from "./runs.ts";
import type { Sequence } from "./sequence.ts";
import { median, robustDeviation } from "./statistics.ts";
import { type ExactPeak, matchWindows, type WindowPlan } from "./window-match.ts";

/** Why a track could not be aligned. */
export type TrackProblem = "too-short" | "unchanging" | "unrelated" | "ambiguous";

export interface TrackMap {
  readonly runs: readonly Run[];
  readonly drift: Drift | undefined;
  /** The slope to go by, where another track tells it better than `drift` does. */
  readonly slope?: number;
  /** 0 to 1: how far the best alignment is ahead of the next, and how well its windows agree. */
  readonly confidence: number;
}

export interface TrackPair {
  readonly reference: Sequence;
  readonly input: Sequence;
  /** Delays of neighbouring windows differ by no more than this unless something is missing in between. */
  readonly toleranceSeconds: number;
  /** Runs with a smaller step between them are one. */
  readonly leastStepSeconds: number;
  /** No window is more exact than this, however well they agree. */
  readonly leastDeviationSeconds: number;
  /** Peaks nearer than this to the best are part of it. */
  readonly lobeSeconds: number;
  /** The exact delay of a stretch of the reference near a known one; undefined where nothing happens in it. */
  refine(place: { fromSeconds: number; toSeconds: number; offsetSeconds: number }): ExactPeak | undefined;
}

const longestWindowSeconds = 3;
const shortestWindowSeconds = 1.5;
/** So many windows without overlap fit into a short programme, that they may agree or not. */
const windowsInProgramme = 5;
const hopsInWindow = 4;
/** With less, another alignment leaves open which is right. */
const leastLead = 0.3;
/** Of the windows that fit into the shorter input and in which something changes: a few agree by chance, also of strangers. */
const leastAgreeing = 0.4;
/** Agreement of windows at which nobody would rely on the result. */
const looseSeconds = 0.02;

export function planWindows(shorterSeconds: number): WindowPlan {
  const windowSeconds = Math.min(
    longestWindowSeconds,
    Math.max(shortestWindowSeconds, shorterSeconds / windowsInProgramme),
  );
  return { windowSeconds, hopSeconds: windowSeconds / hopsInWindow };
}

/** Which time of the input shows what the reference shows, by what one kind of track says. */
export function mapTrack(pair: TrackPair): TrackMap | TrackProblem {
  const { reference, input, toleranceSeconds } = pair;
  const shorterSeconds = Math.min(reference.steps / reference.rate, input.steps / input.rate);
  if (shorterSeconds < 2 * shortestWindowSeconds) return "too-short";
  const plan = planWindows(shorterSeconds);
  const windows = matchWindows(reference, input, blockOffsets(reference, input), plan);
  const path = likeliestPath(windows, toleranceSeconds);
  const measured: Measured[] = [];
  let unchanging = 0;
  for (const [i, peak] of path.entries()) {
    const match = windows[i];
    if (!peak || !match) continue;
    const { fromSeconds, toSeconds } = match;
    const refined = pair.refine({ fromSeconds, toSeconds, offsetSeconds: peak.offsetSeconds });
    if (refined) measured.push({ timeSeconds: (fromSeconds + toSeconds) / 2, ...refined, match, coarse: peak });
    else unchanging++;
  }
  const found = longestChain(runsOf(measured, pair));
  if (found.length === 0) return unchanging > measured.length ? "unchanging" : "unrelated";
  const leads = found.map((run) => leadOf(run.windows, pair.lobeSeconds));
  const runs = found.filter((_, i) => (leads[i] as number) >= leastLead);
  if (runs.length === 0) return "ambiguous";
  const fitting = (shorterSeconds - plan.windowSeconds) / plan.hopSeconds + 1 - unchanging;
  const agreeing = runs.reduce((sum, { windows: own }) => sum + own.length, 0);
  if (agreeing < leastAgreeing * fitting) return "unrelated";
  const drift = driftOf(
    runs.map(({ windows: own }) => own),
    { leastDeviationSeconds: pair.leastDeviationSeconds, overlap: hopsInWindow },
  );
  return { runs, drift, confidence: confidenceOf(runs, drift, Math.max(...leads)) };
}

function confidenceOf(runs: readonly Run[], drift: Drift | undefined, lead: number): number {
  const rests = runs.flatMap(({ windows }) => {
    const rest = windows.map(({ timeSeconds, offsetSeconds }) => offsetSeconds - (drift?.slope ?? 0) * timeSeconds);
    const level = median(rest);
    return rest.map((value) => value - level);
  });
  const score = median(runs.flatMap(({ windows }) => windows.map((window) => window.score)));
  const agreement = Math.max(0, 1 - robustDeviation(rests) / looseSeconds);
  return Math.max(0, Math.min(1, score)) * lead * agreement;
}
