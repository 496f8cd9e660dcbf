/** How badly the input, `offsetSeconds` later, shows a moment of the reference; NaN where it has none. */
export type Mismatch = (timeSeconds: number, offsetSeconds: number) => number;

export interface EdgeSearch {
  /** Where in the reference the delay changes: somewhere between these. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly stepSeconds: number;
  readonly before: (timeSeconds: number) => number;
  readonly after: (timeSeconds: number) => number;
  /** How much of the reference is missing there; 0 where something was inserted. */
  readonly skippedSeconds: number;
  readonly mismatch: Mismatch;
}

/** What the input has by one of the delays only counts as a bad match by the other. */
const absentCost = 1e6;

/** The time of the reference at which leaving the delay before for the one after explains the input best. */
export function edgeBetween(search: EdgeSearch): number {
  const { fromSeconds, toSeconds, stepSeconds, before, after, skippedSeconds, mismatch } = search;
  const steps = Math.max(1, Math.ceil((toSeconds - fromSeconds) / stepSeconds));
  const skipped = Math.round(skippedSeconds / stepSeconds);
  const time = (step: number) => fromSeconds + step * stepSeconds;
  const costs = (offset: (timeSeconds: number) => number) =>
    Float64Array.from({ length: steps }, (_, i) => mismatch(time(i), offset(time(i))));
  const early = costs(before);
  const late = costs(after);
  // Beyond the ends of the inputs there is nothing by either delay, which speaks for neither.
  const cost = (own: number, other: number) => (Number.isNaN(own) ? (Number.isNaN(other) ? 0 : absentCost) : own);
  // Sums of mismatches: of those up to a step by the delay before, and of those from a step on by the delay after.
  const upTo = new Float64Array(steps + 1);
  const from = new Float64Array(steps + 1);
  for (let i = 0; i < steps; i++) {
    upTo[i + 1] = (upTo[i] as number) + cost(early[i] as number, late[i] as number);
  }
  for (let i = steps - 1; i >= 0; i--) {
    from[i] = (from[i + 1] as number) + cost(late[i] as number, early[i] as number);
  }
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + skipped <= steps; i++) {
    const sum = (upTo[i] as number) + (from[i + skipped] as number);
    if (sum < least) {
      least = sum;
      best = i;
    }
  }
  return time(best);
}
