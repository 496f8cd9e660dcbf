import type { Finding } from "@glasswatch/core/finding";
import type { Clip, MediaInfo } from "@glasswatch/core/media";
import type { TimeRange } from "@glasswatch/core/profile";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { Series } from "@glasswatch/core/series";
import type { Tier } from "@glasswatch/core/tier";
import type { DetectorPlan } from "@glasswatch/detectors/plan";
import type { CalibrationValues } from "./calibration-meters.ts";
import type { TimeSpan } from "./coverage.ts";

/** What to scan, and how. Plain data: it crosses a process boundary. */
export interface ScanRequest {
  /** A path, or an http(s) URL. */
  readonly input: string;
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
  /** How closely pictures are watched while nothing is suspected. */
  readonly tier: Tier;
  readonly detectors: readonly DetectorPlan[];
  readonly ignore: readonly TimeRange[];
  /** Whether loopback and private addresses may be fetched from. */
  readonly allowPrivate: boolean;
  /** Cut a clip of each finding, see `Clips`. */
  readonly withClips?: boolean;
  /** Take down what the detectors are calibrated by, too. */
  readonly calibrate?: boolean;
}

export interface ScanProgress {
  /** Time of the latest unit analysed, from the input's earliest presented timestamp. */
  readonly positionSeconds: number;
  /** Null where the input does not say. */
  readonly durationSeconds: number | null;
  readonly findings: number;
}

/** A small copy of the picture, planar 4:2:0, 8 bits. */
export interface Snapshot {
  readonly timeSeconds: number;
  readonly width: number;
  readonly height: number;
  /** Y, Cb, Cr planes without padding. */
  readonly yuv420: Uint8Array;
  readonly fullRange: boolean;
}

export interface FindingSnapshots {
  readonly findingId: string;
  readonly before?: Snapshot | undefined;
  readonly during?: Snapshot | undefined;
  readonly after?: Snapshot | undefined;
}

export interface ScanOutcome {
  readonly result: ScanResult;
  /** Null when the input could not be opened. */
  readonly media: MediaInfo | null;
  /** luma, motion, loudness and peaks over time. */
  readonly series: readonly Series[];
  readonly snapshots: readonly FindingSnapshots[];
  /** Where key pictures only were watched. */
  readonly lightSpans: readonly TimeSpan[];
  /** Where it was asked for. */
  readonly calibration?: readonly CalibrationValues[];
}

export interface ScanEffects {
  /** Aborting ends the scan early; the outcome then holds what was found so far and is marked incomplete. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ScanProgress) => void;
  readonly onFinding?: (finding: Finding) => void;
  /** Of a finding that was told before; where clips were asked for. */
  readonly onClip?: (findingId: string, clip: Clip) => void;
}
