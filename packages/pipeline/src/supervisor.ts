import type { ScanResult } from "@glasswatch/core/scan-result";
import type { Analysis } from "./analyse.ts";
import { interruption } from "./interruption.ts";
import type { FromScanProcess, ScanProcessEnding, ToScanProcess } from "./messages.ts";
import type { ScanRequest } from "./scan-types.ts";
import { faultOf, processError, startSupervised } from "./supervised-process.ts";

export type ScanEnding = { readonly analysis: Analysis } | { readonly error: NonNullable<ScanResult["error"]> };

const entry = new URL("./scan-process.ts", import.meta.url);

/**
 * Runs one scan in a process of its own and watches over it.
 *
 * @throws Error when the process tells of a fault that is not the input's
 */
export async function superviseScan(
  request: ScanRequest,
  signal: AbortSignal | undefined,
  onMessage: (message: FromScanProcess) => void,
): Promise<ScanEnding> {
  const { input } = request;
  const { ended } = startSupervised<ToScanProcess, FromScanProcess, ScanProcessEnding>({
    entry,
    start: { type: "start", request },
    stop: { type: "stop" },
    signal,
    isLast,
    onMessage,
  });
  const ending = await ended;
  if (ending.how === "stopped") return { error: interruption(input) };
  if (ending.how !== "told") {
    const { code, message } = processError(input, ending);
    return { error: { code, message } };
  }
  if (ending.last.type === "fault") throw faultOf(ending.last);
  return ending.last.type === "analysed" ? { analysis: ending.last.analysis } : { error: ending.last.error };
}

function isLast(message: FromScanProcess): message is ScanProcessEnding {
  return message.type === "analysed" || message.type === "failed" || message.type === "fault";
}
