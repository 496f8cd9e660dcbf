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
  /** The process is gone. What it had open waits to be found again. */
  orphan(): void;
  /**
   * Closes what an earlier process had open and the present one did not find again.
   *
   * @param cleanFromSeconds where the present process began
   * @param watchedSeconds how much it has watched since
   */
  settle(cleanFromSeconds: number, watchedSeconds: number): readonly FindingStep[];
}

interface Tracked {
  finding: Finding;
  orphaned: boolean;
  toldAtSeconds: number;
}

/** How often a finding is told that goes on in the same severity. */
const updateSeconds = 10;

/** Longer than any detector takes to find what is there from the start; only then is media known to be clean of it. */
const cleanSeconds = 60;

export function openFindingTracker(): FindingTracker {
  const open = new Map<string, Tracked>();

  function tell(tracked: Tracked, finding: Finding, nowSeconds: number): FindingStep {
    tracked.finding = { ...finding, revision: tracked.finding.revision + 1 };
    tracked.toldAtSeconds = nowSeconds;
    const isFirst = tracked.finding.revision === 1;
    const state = finding.endSeconds !== null ? "closed" : isFirst ? "opened" : "updated";
    return { detailType: `finding.${state}`, finding: tracked.finding };
  }

  function begin(finding: Finding, nowSeconds: number): { tracked: Tracked; steps: FindingStep[] } {
    const tracked = { finding: { ...finding, revision: 0 }, orphaned: false, toldAtSeconds: nowSeconds };
    open.set(placeOf(finding), tracked);
    return { tracked, steps: [tell(tracked, { ...finding, endSeconds: null }, nowSeconds)] };
  }

  function goOn(tracked: Tracked, finding: Finding, nowSeconds: number): FindingStep[] {
    tracked.orphaned = false;
    const { id, startSeconds, severity } = tracked.finding;
    const isDue = nowSeconds - tracked.toldAtSeconds >= updateSeconds || finding.severity !== severity;
    if (!isDue && finding.endSeconds === null) return [];
    return [tell(tracked, { ...finding, id, startSeconds }, nowSeconds)];
  }

  return {
    record(finding, nowSeconds) {
      const place = placeOf(finding);
      const known = open.get(place);
      if (known) {
        const steps = goOn(known, finding, nowSeconds);
        if (finding.endSeconds !== null) open.delete(place);
        return steps;
      }
      const { tracked, steps } = begin(finding, nowSeconds);
      if (finding.endSeconds === null) return steps;
      open.delete(place);
      return [...steps, tell(tracked, finding, nowSeconds)];
    },
    orphan() {
      for (const tracked of open.values()) tracked.orphaned = true;
    },
    settle(cleanFromSeconds, watchedSeconds) {
      if (watchedSeconds < cleanSeconds) return [];
      const stale = [...open].filter(([, { orphaned }]) => orphaned);
      return stale.map(([place, tracked]) => {
        open.delete(place);
        const endSeconds = Math.max(cleanFromSeconds, tracked.finding.startSeconds);
        return tell(tracked, { ...tracked.finding, endSeconds }, tracked.toldAtSeconds);
      });
    },
  };
}

function placeOf({ kind, subject }: Finding): string {
  return `${kind} ${subject.media} ${subject.track} ${subject.channel ?? ""}`;
}
