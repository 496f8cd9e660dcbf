import type { Finding } from "@glasswatch/core/finding";
import type { Clip, MediaInfo } from "@glasswatch/core/media";
import type { Analysis } from "./analyse.ts";
import type { ScanProgress, ScanRequest } from "./scan-types.ts";
import type { Failure, ToWorker } from "./supervised-child.ts";

/** From the supervisor to the process that decodes; at `stop`, that ends early and tells what was found so far. */
export type ToScanProcess = ToWorker<ScanRequest>;

/** From the process that decodes. Whatever comes is a sign of life. */
export type FromScanProcess =
  | { readonly type: "alive" }
  | { readonly type: "opened"; readonly media: MediaInfo }
  | { readonly type: "progress"; readonly progress: Omit<ScanProgress, "findings"> }
  | { readonly type: "finding"; readonly finding: Finding }
  | { readonly type: "clip"; readonly findingId: string; readonly clip: Clip }
  | ScanProcessEnding;

/** The last message. */
export type ScanProcessEnding = { readonly type: "analysed"; readonly analysis: Analysis } | Failure;
