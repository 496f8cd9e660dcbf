import type { Severity } from "@glasswatch/core/severity";
import type { Figures } from "./figures.ts";
import type { FoundSpan } from "./matching.ts";
import type { Split, TrueSpan } from "./sample.ts";

/** What `out/accuracy.json` holds. A run of some kinds leaves the others as they were. */
export interface AccuracyReport {
  readonly kinds: Readonly<Record<string, KindResult>>;
  readonly clean?: CleanResult;
  readonly compliance?: Measured & { readonly rows: readonly ComplianceRow[] };
  readonly sync?: Measured & { readonly rows: readonly SyncRow[] };
}

export interface Measured {
  readonly measuredAt: string;
  readonly commit: string;
  /** `clips` of a folder, or `painted` ones. */
  readonly material: "clips" | "painted";
}

export interface KindResult extends Measured {
  readonly kind: string;
  readonly sources: Readonly<Record<Split, readonly string[]>>;
  readonly figures: Readonly<Record<Split, Figures>>;
  /** ffmpeg's filter on the same files. */
  readonly filter: { readonly name: string; readonly figures: Readonly<Record<Split, Figures>> } | null;
  readonly hardNegatives: Readonly<Record<Split, NegativeFigures>>;
  readonly sweeps: readonly SweepResult[];
  readonly failures: readonly Failure[];
}

export interface NegativeFigures {
  readonly files: number;
  readonly alarms: number;
  /** Told of them by all other detectors, at `major` and above. */
  readonly otherMajorAlarms: readonly Alarm[];
}

export interface Alarm {
  readonly file: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface SweepResult {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly { readonly value: number; readonly recall: number; readonly filterRecall: number | null }[];
}

/** A file on which the detector was wrong, or that could not be made or scanned and is in no figure. */
export interface Failure {
  readonly sample: string;
  readonly split: Split;
  /** Empty where it could not be made or scanned. */
  readonly path: string;
  readonly missed: readonly TrueSpan[];
  readonly extra: readonly FoundSpan[];
  /** Why it could not be made or scanned. */
  readonly problem?: string;
}

export interface CleanResult extends Measured {
  readonly clips: Readonly<Record<Split, number>>;
  /** Of different clips, played once: a loop adds none. */
  readonly hours: Readonly<Record<Split, number>>;
  readonly alarms: readonly (Alarm & { readonly split: Split })[];
}

export interface ComplianceRow {
  readonly case: string;
  readonly expected: number;
  readonly measured: number;
  readonly tolerance: string;
  readonly pass: boolean;
}

export interface SyncRow {
  readonly case: string;
  readonly split: Split;
  /** What was done to the copy, against what was told; null where nothing was told. */
  readonly trueSeconds: number;
  readonly measuredSeconds: number | null;
  readonly verdict: string;
}
