/** Steps that lie on lines at even distances. */
export interface Comb {
  /** Share of the lines' length that shows as a step, above what the places between them show; below 0 where less. */
  readonly share: number;
  /** Of the steps on the lines, the share that is too large for a codec to have left. */
  readonly drawnShare: number;
  readonly period: number;
}

/** By line of the picture. */
export interface StepCounts {
  readonly steps: Uint16Array;
  readonly drawn: Uint16Array;
}

/** The first and last lines have no neighbours to be held against. */
const margin = 4;
/** A picture that is black or flat for the most part is not blocky for what the rest of it shows. */
const leastActive = 0.4;

/**
 * @param places how many samples of each line were looked at
 * @param active in how many of all the places looked at anything happens
 */
export function strongestComb(counts: StepCounts, periods: readonly number[], places: number, active: number): Comb {
  const length = counts.steps.length - 2 * margin;
  if (length <= 0 || places <= 0) return { share: 0, drawnShare: 0, period: 0 };
  let total = 0;
  for (let at = margin; at < margin + length; at++) total += counts.steps[at] as number;
  const scale = places * Math.max(leastActive, active / (places * length));
  let best: Comb = { share: Number.NEGATIVE_INFINITY, drawnShare: 0, period: 0 };
  for (const period of periods) {
    for (let phase = 0; phase < period; phase++) {
      const comb = combOf(counts, period, phase, total);
      if (comb.share > best.share) best = comb;
    }
  }
  return { ...best, share: Math.min(1, best.share / scale) };
}

/** With steps per place in place of shares. Lines that fall between two samples show in both. */
function combOf({ steps, drawn }: StepCounts, period: number, phase: number, total: number): Comb {
  const end = steps.length - margin;
  const width = Number.isInteger(period) ? 1 : 2;
  let lines = 0;
  let on = 0;
  let drawnOn = 0;
  for (let line = phase; Math.floor(line) + width <= end; line += period) {
    const at = Math.floor(line);
    if (at < margin) continue;
    lines++;
    for (let beside = at; beside < at + width; beside++) {
      on += steps[beside] as number;
      drawnOn += drawn[beside] as number;
    }
  }
  const others = steps.length - 2 * margin - width * lines;
  if (lines === 0 || others <= 0) return { share: 0, drawnShare: 0, period };
  return {
    share: on / lines - (width * (total - on)) / others,
    drawnShare: on === 0 ? 0 : drawnOn / on,
    period,
  };
}
