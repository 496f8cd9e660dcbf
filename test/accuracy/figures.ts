import type { Matching } from "./matching.ts";

/** How well one kind is told on some files. */
export interface Figures {
  readonly files: number;
  /** Defects that were put in. */
  readonly events: number;
  readonly found: number;
  /** Told and not there: in the files with defects and in those that only resemble them. */
  readonly extra: number;
  /** Null where there was nothing to find, or nothing was told. */
  readonly recall: number | null;
  readonly precision: number | null;
  readonly f1: number | null;
  readonly onset: ErrorFigures | null;
  readonly end: ErrorFigures | null;
}

/** Of the distances from the true time to the one told, without their sign, seconds. */
export interface ErrorFigures {
  readonly medianSeconds: number;
  readonly p95Seconds: number;
}

export function figuresOf(matchings: readonly Matching[]): Figures {
  const matches = matchings.flatMap((each) => each.matches);
  const found = matches.length;
  const events = found + sum(matchings, (each) => each.missed.length);
  const extra = sum(matchings, (each) => each.extra.length);
  return {
    files: matchings.length,
    events,
    found,
    extra,
    recall: events > 0 ? found / events : null,
    precision: found + extra > 0 ? found / (found + extra) : null,
    f1: events > 0 ? (2 * found) / (events + found + extra) : null,
    onset: errorFigures(matches.map(({ truth, found: told }) => told.startSeconds - truth.startSeconds)),
    end: errorFigures(matches.map(({ truth, found: told }) => told.endSeconds - truth.endSeconds)),
  };
}

function errorFigures(errors: readonly number[]): ErrorFigures | null {
  if (errors.length === 0) return null;
  const sorted = errors.map(Math.abs).toSorted((a, b) => a - b);
  return { medianSeconds: quantile(sorted, 0.5), p95Seconds: quantile(sorted, 0.95) };
}

/** The smallest value that so many are not above. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
