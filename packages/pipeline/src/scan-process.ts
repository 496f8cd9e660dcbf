import { type AnalysisEffects, analyse } from "./analyse.ts";
import type { FromScanProcess, ToScanProcess } from "./messages.ts";
import type { ScanRequest } from "./scan-types.ts";
import { failureOf, followSupervisor } from "./supervised-child.ts";

/*
 * The process of one scan. Native code that decodes hostile media runs here and nowhere else: if it crashes or hangs,
 * the supervisor loses this one process and reports it.
 */

const signOfLifeMs = 1000;

const stop = new AbortController();

function tell(message: FromScanProcess): void {
  process.send?.(message);
}

const effects: AnalysisEffects = {
  signal: stop.signal,
  onOpened: (media) => tell({ type: "opened", media }),
  onProgress: (progress) => tell({ type: "progress", progress }),
  onFinding: (finding) => tell({ type: "finding", finding }),
};

async function run(request: ScanRequest): Promise<FromScanProcess> {
  try {
    return { type: "analysed", analysis: await analyse(request, effects) };
  } catch (error) {
    return failureOf(error, request.input, stop.signal);
  }
}

followSupervisor();
process.on("message", async (message: ToScanProcess) => {
  if (message.type === "stop") {
    stop.abort();
    return;
  }
  const life = setInterval(() => tell({ type: "alive" }), signOfLifeMs);
  const last = await run(message.request);
  clearInterval(life);
  process.send?.(last, () => process.exit(0));
});
