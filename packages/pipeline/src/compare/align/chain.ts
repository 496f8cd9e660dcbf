import type { Run } from "./runs.ts";
import { median } from "./statistics.ts";

/** Renditions match everywhere about as well: a run that matches so much worse than the best is a likeness. */
const leastScoreShare = 0.85;
const chanceScore = 0.3;

/**
 * The runs that can all be true: those that match best while both inputs go forward from each to the next. What repeats
 * itself in a programme is found in the wrong place, and would have to run backwards.
 */
export function longestChain(runs: readonly Run[]): readonly Run[] {
  const best = Math.max(...runs.map(scoreOf));
  const likely = runs.filter((run) => scoreOf(run) >= leastScoreShare * best);
  const weights: number[] = [];
  const before: number[] = [];
  for (const [i, run] of likely.entries()) {
    let weight = 0;
    let from = -1;
    for (let j = 0; j < i; j++) {
      if (!goesForward(likely[j] as Run, run) || (weights[j] as number) <= weight) continue;
      weight = weights[j] as number;
      from = j;
    }
    weights.push(weight + run.windows.reduce((sum, { score }) => sum + score - chanceScore, 0));
    before.push(from);
  }
  const chain: Run[] = [];
  for (let i = weights.indexOf(Math.max(...weights)); i >= 0; i = before[i] as number) chain.unshift(likely[i] as Run);
  return chain;
}

function scoreOf({ windows }: Run): number {
  return median(windows.map(({ score }) => score));
}

/** Windows at an edit reach over it by up to their length. */
function goesForward(run: Run, next: Run): boolean {
  const last = run.windows.at(-1);
  const first = next.windows[0];
  if (!last || !first) return false;
  const reach = last.match.toSeconds - last.match.fromSeconds;
  return last.match.toSeconds + last.offsetSeconds - reach <= first.match.fromSeconds + first.offsetSeconds;
}
