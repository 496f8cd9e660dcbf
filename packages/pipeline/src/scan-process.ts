import { analyse } from "./analyse.ts";
import type { FromScanProcess } from "./messages.ts";
import type { ScanRequest } from "./scan-types.ts";
import { workForSupervisor } from "./supervised-child.ts";

/*
 * The process of one scan. Native code that decodes hostile media runs here and nowhere else: if it crashes or hangs,
 * the supervisor loses this one process and reports it.
 */

workForSupervisor<ScanRequest, FromScanProcess>(async (request, { signal, tell }) => {
  const analysis = await analyse(request, {
    signal,
    onOpened: (media) => tell({ type: "opened", media }),
    onProgress: (progress) => tell({ type: "progress", progress }),
    onFinding: (finding) => tell({ type: "finding", finding }),
    onClip: (findingId, clip) => tell({ type: "clip", findingId, clip }),
  });
  return { type: "analysed", analysis };
});
