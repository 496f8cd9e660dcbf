import type { MediaInfo } from "@glasswatch/core/media";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { ScanProgress } from "../scan-types.ts";
import type { Failure, ToWorker } from "../supervised-child.ts";

/** What to take the fingerprint of. */
export interface FingerprintRequest {
  /** A path, or an http(s) URL. */
  readonly input: string;
  /** Whether loopback and private addresses may be fetched from. */
  readonly allowPrivate: boolean;
}

export type ToFingerprintProcess = ToWorker<FingerprintRequest>;

/** Pieces of a fingerprint, in the order of the media. */
export type FingerprintPiece =
  | { readonly type: "envelope"; readonly startIndex: number; readonly values: Uint8Array }
  | { readonly type: "loudness"; readonly times: Float64Array; readonly lufs: Float32Array }
  | { readonly type: "pictures"; readonly times: Float64Array; readonly cells: Uint16Array };

export type FromFingerprintProcess =
  | { readonly type: "alive" }
  | { readonly type: "opened"; readonly media: MediaInfo }
  | { readonly type: "progress"; readonly progress: Omit<ScanProgress, "findings"> }
  | FingerprintPiece
  | FingerprintEnding;

export type FingerprintEnding =
  | { readonly type: "taken"; readonly error: ScanResult["error"]; readonly durationSeconds: number }
  | Failure;
