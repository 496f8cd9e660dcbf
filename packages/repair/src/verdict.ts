import type { Repair } from "@glasswatch/core/repair";
import type { StoredFinding } from "@glasswatch/core/state/findings";
import type { Lease } from "@glasswatch/core/state/leases";
import type { MeasuredMinute } from "@glasswatch/core/state/measurements";
import type { StreamState } from "@glasswatch/core/state/stream-states";

/** What workers of one detector group stored of a stream. */
export interface GroupRecord {
  readonly lease: Lease | null;
  readonly state: StreamState | null;
  readonly samples: MeasuredMinute["samples"];
  /** Of this group, the open ones and the latest. */
  readonly findings: readonly StoredFinding[];
}

export interface VerdictFacts {
  readonly kind: string;
  readonly verification: NonNullable<Repair["verification"]>;
  /** The `run` that is to be watched; null where the stream is gone. */
  readonly run: number | null;
  readonly groups: readonly GroupRecord[];
  readonly now: Date;
}

export interface Verdict {
  readonly outcome: "clean" | "waiting" | "out-of-time";
  /** Of the group that has seen the least. */
  readonly cleanSeconds: number;
}

/**
 * Whether what was measured proves that the defect is gone: media analysed since the repair, by every group, under a lease
 * that is held now, without the defect and without a critical one in its place. What was not measured proves nothing.
 */
export function verdictOf(facts: VerdictFacts): Verdict {
  const { verification, groups, now } = facts;
  const seconds = groups.map((group) => cleanSecondsOf(group, facts));
  const cleanSeconds = seconds.length === 0 ? 0 : Math.round(Math.min(...seconds) * 1000) / 1000;
  if (cleanSeconds >= verification.neededSeconds) return { outcome: "clean", cleanSeconds };
  return { outcome: now.getTime() >= Date.parse(verification.until) ? "out-of-time" : "waiting", cleanSeconds };
}

function cleanSecondsOf({ lease, state, samples, findings }: GroupRecord, facts: VerdictFacts): number {
  const { kind, run, now } = facts;
  const { startedAt } = lease ?? {};
  if (!lease || lease.run !== run || !isHeld(lease, now) || !startedAt) return 0;
  if (!state || state.status === "failed" || state.status === "stalled") return 0;
  const open = lease.findings.filter(({ endSeconds }) => endSeconds === null);
  const ofThisRun = findings.filter(({ foundAt }) => foundAt >= startedAt).map(({ finding }) => finding);
  const isBad = (finding: (typeof open)[number]) => finding.kind === kind || finding.severity === "critical";
  const bad = [...open, ...ofThisRun].filter(isBad);
  return cleanEnd(samples.filter(within(facts.verification, startedAt)), bad);
}

type Sample = GroupRecord["samples"][number];

interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number | null;
}

/** What was analysed since the last of the defect. Samples and findings are in the stream's own time. */
function cleanEnd(samples: readonly Sample[], bad: readonly Span[]): number {
  let seconds = 0;
  for (const { positionSeconds, mediaSeconds = 0, skippedSeconds } of samples.toReversed()) {
    const fromSeconds = positionSeconds - mediaSeconds - skippedSeconds;
    const isBad = bad.some(
      (span) => span.startSeconds < positionSeconds && (span.endSeconds ?? Infinity) > fromSeconds,
    );
    if (isBad) break;
    seconds += mediaSeconds;
  }
  // What lasts still began after all that was measured.
  return bad.some(({ endSeconds }) => endSeconds === null) ? 0 : seconds;
}

/** Measured wholly after the repair, in this run, and in time. */
function within({ since, until }: VerdictFacts["verification"], startedAt: string) {
  const fromMs = Date.parse(since);
  return ({ at, wallSeconds }: Sample): boolean => {
    const atMs = Date.parse(at);
    return at >= startedAt && atMs <= Date.parse(until) && atMs - wallSeconds * 1000 >= fromMs;
  };
}

function isHeld({ owner, expiresAt }: Lease, now: Date): boolean {
  return owner !== null && Date.parse(expiresAt) > now.getTime();
}
