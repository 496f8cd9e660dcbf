import type { Finding } from "@glasswatch/core/finding";
import type { Clip, MediaInfo } from "@glasswatch/core/media";
import type { FindingSnapshots } from "../scan-types.ts";
import type { Failure } from "../supervised-child.ts";
import type { LiveReport, LiveRequest } from "./live-types.ts";

/** From the supervisor to the process that watches one stream. */
export type ToLiveProcess =
  | { readonly type: "start"; readonly request: LiveRequest }
  /** Go on in `light`, whatever is suspected; null lifts that. */
  | { readonly type: "impose"; readonly limit: "light" | null }
  /** Leave out what lies between the analysis and the source. */
  | { readonly type: "skip" }
  | { readonly type: "stop" };

/** From the process that watches one stream. Whatever comes is a sign of life. */
export type FromLiveProcess =
  | { readonly type: "alive" }
  | { readonly type: "opened"; readonly media: MediaInfo }
  | { readonly type: "report"; readonly report: LiveReport }
  | { readonly type: "finding"; readonly finding: Finding; readonly pictures?: FindingSnapshots }
  | { readonly type: "clip"; readonly findingId: string; readonly clip: Clip }
  | { readonly type: "errored"; readonly detectorId: string; readonly message: string }
  | { readonly type: "skipped"; readonly lagSeconds: number; readonly skippedSeconds: number }
  | LiveEnding;

/** The last message. */
export type LiveEnding =
  /** The source said that it is over. */
  { readonly type: "ended" } | Failure;
