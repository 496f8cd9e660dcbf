import type { Peak, WindowMatch } from "./window-match.ts";

/** A correlation no better than this speaks against a match. */
const chanceScore = 0.3;
/** What a change of the delay costs, in correlation: two windows must say so. */
const changeCost = 0.8;
/** What it costs to take up a match after a stretch without one. */
const resumeCost = 0.15;

interface State {
  readonly reward: number;
  readonly peak: Peak | undefined;
  readonly from: State | undefined;
}

/**
 * The likeliest delay of each window: the one path through the peaks of all windows that matches best and changes least
 * (Viterbi). Undefined for windows that match nothing.
 */
export function likeliestPath(
  windows: readonly WindowMatch[],
  toleranceSeconds: number,
): readonly (Peak | undefined)[] {
  let states: readonly State[] = [{ reward: 0, peak: undefined, from: undefined }];
  for (const { peaks } of windows) {
    states = [undefined, ...peaks].map((peak) => {
      let best: State | undefined;
      let bestReward = Number.NEGATIVE_INFINITY;
      for (const state of states) {
        const reward = state.reward - costOf(state.peak, peak, toleranceSeconds);
        if (reward > bestReward) {
          best = state;
          bestReward = reward;
        }
      }
      return { reward: bestReward + (peak ? peak.score - chanceScore : 0), peak, from: best };
    });
  }
  const path: (Peak | undefined)[] = [];
  let state: State | undefined = states.toSorted((a, b) => b.reward - a.reward)[0];
  while (state?.from) {
    path.push(state.peak);
    state = state.from;
  }
  return path.reverse();
}

function costOf(before: Peak | undefined, after: Peak | undefined, toleranceSeconds: number): number {
  if (!after) return 0;
  if (!before) return resumeCost;
  return Math.abs(after.offsetSeconds - before.offsetSeconds) <= toleranceSeconds ? 0 : changeCost;
}
