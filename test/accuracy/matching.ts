import type { TrueSpan } from "./sample.ts";

/** A span that was told. */
export interface FoundSpan extends TrueSpan {}

export interface Match {
  readonly truth: TrueSpan;
  readonly found: FoundSpan;
}

/** What was told of one file, against what is truly in it. */
export interface Matching {
  readonly matches: readonly Match[];
  readonly missed: readonly TrueSpan[];
  /** Told and not there. A defect that is told in two pieces counts once as found and once here. */
  readonly extra: readonly FoundSpan[];
}

/** Codecs smear an instant over a transform block or two: what is told this close to a defect is about it. */
const slackSeconds = 0.1;

/** Each true span is found by at most one told span, and each told span finds at most one: the earliest of either. */
export function match(truth: readonly TrueSpan[], found: readonly FoundSpan[]): Matching {
  const left = found.toSorted(byStart);
  const matches: Match[] = [];
  const missed: TrueSpan[] = [];
  for (const span of truth.toSorted(byStart)) {
    const at = left.findIndex((candidate) => isAbout(candidate, span));
    const [taken] = at < 0 ? [] : left.splice(at, 1);
    if (taken) matches.push({ truth: span, found: taken });
    else missed.push(span);
  }
  return { matches, missed, extra: left };
}

function byStart(a: TrueSpan, b: TrueSpan): number {
  return a.startSeconds - b.startSeconds;
}

function isAbout(found: FoundSpan, truth: TrueSpan): boolean {
  if (truth.channel !== undefined && found.channel !== truth.channel) return false;
  return found.startSeconds <= truth.endSeconds + slackSeconds && found.endSeconds >= truth.startSeconds - slackSeconds;
}
