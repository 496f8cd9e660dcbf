import type { MeasuredLevel } from "@glasswatch/core/events/stream-measured";
import type { TimeRange } from "@glasswatch/core/profile";
import type { Tier } from "@glasswatch/core/tier";
import type { DetectorPlan } from "@glasswatch/detectors/plan";

/** What one process is to watch. Plain data: it crosses a process boundary. */
export interface LiveRequest {
  /** A path, or an http(s) URL. */
  readonly input: string;
  /** How closely pictures are watched while nothing is suspected and the machine keeps up. */
  readonly tier: Tier;
  readonly detectors: readonly DetectorPlan[];
  readonly ignore: readonly TimeRange[];
  /** Whether loopback and private addresses may be fetched from. */
  readonly allowPrivate: boolean;
  /** Small pictures go with each finding that opens, and a clip follows. */
  readonly illustrate?: boolean;
}

/** How a stream fared since the report before, about a second ago. Times are from the process's first unit. */
export interface LiveReport {
  readonly positionSeconds: number;
  readonly tier: Tier;
  /** The largest. */
  readonly lagSeconds: number;
  /** How long the source is being waited for at this moment. */
  readonly waitedSeconds: number;
  /** How long a wait has to be before the source counts as stalled. */
  readonly stallSeconds: number;
  /** A detector suspects something, or has a finding open. */
  readonly suspicious: boolean;
  readonly cpuSeconds: number;
  /** Analysed. */
  readonly mediaSeconds: number;
  readonly wallSeconds: number;
  /** Left out of the analysis, sound included. */
  readonly skippedSeconds: number;
  /** Since the last report that had any; with one report in ten. */
  readonly levels?: readonly MeasuredLevel[];
}
