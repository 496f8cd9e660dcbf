import type { AnyDetector } from "@glasswatch/core/detector";
import type { TimeRange } from "@glasswatch/core/profile";
import type { Severity } from "@glasswatch/core/severity";
import type { DetectorPlan } from "@glasswatch/detectors/plan";
import type { ScanOutcome } from "@glasswatch/pipeline/scan-types";

/** How the scan was run, as the report tells it. */
export interface ReportSettings {
  readonly plans: readonly DetectorPlan[];
  readonly ignore: readonly TimeRange[];
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
  readonly failOn: Severity;
  /** Name of the profile's file, where one was used. */
  readonly profile?: string;
}

/** A small picture of one moment. */
export interface ReportPicture {
  readonly jpeg: Uint8Array;
  readonly timeSeconds: number;
  readonly width: number;
  readonly height: number;
}

export interface FindingPictures {
  readonly before?: ReportPicture;
  readonly during?: ReportPicture;
  readonly after?: ReportPicture;
}

export interface ReportThumbnails {
  /** For each outcome, in the same order: pictures by finding id. */
  readonly byOutcome: readonly ReadonlyMap<string, FindingPictures>[];
  /** Why there are none, as one line, where they could not be made. */
  readonly unavailable?: string;
}

export interface ReportInput {
  readonly outcomes: readonly ScanOutcome[];
  /** Titles and reasons come from here; findings of others are shown by their id. */
  readonly detectors: readonly AnyDetector[];
  readonly settings: ReportSettings;
  readonly thumbnails: ReportThumbnails;
  readonly generatedAt: Date;
  /** Of Glasswatch. */
  readonly version: string;
}

/** One input's part of the report: what its sections are made of. */
export interface InputContext {
  readonly outcome: ScanOutcome;
  /** Prefix of every id in this part, e.g. `input-1`. */
  readonly id: string;
  readonly detectors: ReadonlyMap<string, AnyDetector>;
  readonly settings: ReportSettings;
  readonly pictures: ReadonlyMap<string, FindingPictures>;
  readonly picturesUnavailable: string | undefined;
}
