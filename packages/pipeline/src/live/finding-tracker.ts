import type { Finding } from "@glasswatch/core/finding";

export interface FindingStep {
  readonly detailType: "finding.opened" | "finding.updated" | "finding.closed";
  readonly finding: Finding;
}

/**
 * Keeps the findings of one stream over the processes that watch it one after the other: what is open when a process
 * dies stays open, and is taken up by the one after it.
 */
export interface FindingTracker {
  /** What to tell of a finding, given as its process tells it now, in the stream's own time. */
  record(finding: Finding, nowSeconds: number): readonly FindingStep[];
  /**
   * Takes up what another watch of the same stream had open. What is open here, too, goes on under the id it had there.
   *
   * @returns what is open here only, to be told as opened by this watch
   */
  adopt(findings: readonly Finding[]): readonly FindingStep[];
  /** The process is gone. What it had open waits to be found again. */
  orphan(): void;
  /**
   * Closes what an earlier process had open and the present one did not find again.
   *
   * @param cleanFromSeconds where the present process began
   * @param watchedSeconds how much it has watched since
   */
  settle(cleanFromSeconds: number, watchedSeconds: number): readonly FindingStep[];
  /** Closes what is open still: the source is over. */
  end(atSeconds: number): readonly FindingStep[];
}

/**
 * What makes two tellings one finding: on a live stream `place`, as one is open at a time per kind and subject; in a file,
 * which is analysed from its start again, `id`, as the same analysis gives the same ids.
 */
export type FindingIdentity = "place" | "id";

interface Tracked {
  finding: Finding;
  orphaned: boolean;
  toldAtSeconds: number;
}

/** How often a finding is told that goes on in the same severity. */
const updateSeconds = 10;

/** Longer than any detector takes to find what is there from the start; only then is media known to be clean of it. */
const cleanSeconds = 60;

export function openFindingTracker(identity: FindingIdentity = "place"): FindingTracker {
  const open = new Map<string, Tracked>();
  /** The ids of a file's findings that are over: its next analysis finds them again. */
  const over = new Set<string>();
  const keyOf = (finding: Finding) => (identity === "id" ? finding.id : placeOf(finding));

  function tell(tracked: Tracked, finding: Finding, nowSeconds: number): FindingStep {
    tracked.finding = { ...finding, revision: tracked.finding.revision + 1 };
    tracked.toldAtSeconds = nowSeconds;
    const isFirst = tracked.finding.revision === 1;
    const state = finding.endSeconds !== null ? "closed" : isFirst ? "opened" : "updated";
    return { detailType: `finding.${state}`, finding: tracked.finding };
  }

  function begin(finding: Finding, nowSeconds: number): { tracked: Tracked; steps: FindingStep[] } {
    const tracked = { finding: { ...finding, revision: 0 }, orphaned: false, toldAtSeconds: nowSeconds };
    open.set(keyOf(finding), tracked);
    return { tracked, steps: [tell(tracked, { ...finding, endSeconds: null }, nowSeconds)] };
  }

  function goOn(tracked: Tracked, finding: Finding, nowSeconds: number): FindingStep[] {
    tracked.orphaned = false;
    const { id, startSeconds, severity } = tracked.finding;
    const isDue = nowSeconds - tracked.toldAtSeconds >= updateSeconds || finding.severity !== severity;
    if (!isDue && finding.endSeconds === null) return [];
    return [tell(tracked, { ...finding, id, startSeconds }, nowSeconds)];
  }

  function close(tracked: Tracked, atSeconds: number): FindingStep {
    open.delete(keyOf(tracked.finding));
    const endSeconds = Math.max(atSeconds, tracked.finding.startSeconds);
    return tell(tracked, { ...tracked.finding, endSeconds }, tracked.toldAtSeconds);
  }

  return {
    record(finding, nowSeconds) {
      if (over.has(finding.id)) return [];
      if (identity === "id" && finding.endSeconds !== null) over.add(finding.id);
      const key = keyOf(finding);
      const known = open.get(key);
      if (known) {
        const steps = goOn(known, finding, nowSeconds);
        if (finding.endSeconds !== null) open.delete(key);
        return steps;
      }
      const { tracked, steps } = begin(finding, nowSeconds);
      if (finding.endSeconds === null) return steps;
      open.delete(key);
      return [...steps, tell(tracked, finding, nowSeconds)];
    },
    adopt(findings) {
      const own = new Map(open);
      for (const finding of findings) {
        const known = own.get(keyOf(finding));
        const { id, startSeconds, revision } = finding;
        if (known) known.finding = { ...known.finding, id, startSeconds, revision };
        else open.set(keyOf(finding), { finding, orphaned: true, toldAtSeconds: Number.NEGATIVE_INFINITY });
        own.delete(keyOf(finding));
      }
      return [...own.values()].map((tracked) => {
        tracked.finding = { ...tracked.finding, revision: 0 };
        return tell(tracked, tracked.finding, tracked.toldAtSeconds);
      });
    },
    orphan() {
      for (const tracked of open.values()) tracked.orphaned = true;
    },
    settle(cleanFromSeconds, watchedSeconds) {
      if (watchedSeconds < cleanSeconds) return [];
      return [...open.values()].filter(({ orphaned }) => orphaned).map((tracked) => close(tracked, cleanFromSeconds));
    },
    end: (atSeconds) => [...open.values()].map((tracked) => close(tracked, atSeconds)),
  };
}

function placeOf({ kind, subject }: Finding): string {
  return `${kind} ${subject.media} ${subject.track} ${subject.channel ?? ""}`;
}
