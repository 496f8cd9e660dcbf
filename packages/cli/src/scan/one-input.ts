import { ExitCode } from "@glasswatch/core/errors";
import type { ScanEffects, ScanOutcome, ScanRequest } from "@glasswatch/pipeline/scan-types";
import type { Input } from "./inputs.ts";

export type ScanFunction = (request: ScanRequest, effects: ScanEffects) => Promise<ScanOutcome>;

/** An outcome, and the exit code that the input by itself gives; findings are judged elsewhere. */
export interface Ending {
  readonly outcome: ScanOutcome;
  readonly exitCode: ExitCode;
  /** Set after a fault of Glasswatch: where it happened. */
  readonly stack?: string;
}

/** Scans one input under the user's name for it. A fault of Glasswatch ends this input and no other. */
export async function scanInput(
  { name, source, error }: Input,
  request: Omit<ScanRequest, "input">,
  effects: ScanEffects,
  scan: ScanFunction,
): Promise<Ending> {
  if (error) return { outcome: nothing(name, error), exitCode: error.exitCode };
  try {
    const outcome = await scan({ ...request, input: source }, effects);
    const errored = outcome.result.detectors.some(({ status }) => status === "errored");
    const exitCode = errored ? ExitCode.fault : isUnfinished(outcome) ? ExitCode.input : ExitCode.clean;
    return { outcome: renamed(outcome, source, name), exitCode };
  } catch (fault) {
    const reason = fault instanceof Error ? (fault.message.split("\n")[0] ?? "") : String(fault);
    const message = `${name}: internal fault: ${reason}; please report it with what GLASSWATCH_DEBUG=1 prints`;
    const stack = fault instanceof Error ? (fault.stack ?? reason) : reason;
    return { outcome: nothing(name, { code: "internal-fault", message }), exitCode: ExitCode.fault, stack };
  }
}

function isUnfinished({ result }: ScanOutcome): boolean {
  return result.error !== null || !result.complete;
}

/**
 * Paths are made absolute for the scan; people read the one they typed. An error of something that the input refers to,
 * such as a segment, names the input too.
 */
function renamed(outcome: ScanOutcome, source: string, name: string): ScanOutcome {
  const { result } = outcome;
  const told = result.error?.message.replaceAll(source, name) ?? "";
  const error = result.error && {
    ...result.error,
    message: told.includes(name.replace("//***@", "//")) ? told : `${name}: ${told}`,
  };
  return { ...outcome, result: { ...result, input: name, error } };
}

function nothing(input: string, { code, message }: { readonly code: string; readonly message: string }): ScanOutcome {
  const result = {
    input,
    durationSeconds: null,
    complete: false,
    error: { code, message },
    video: null,
    audio: [],
    detectors: [],
    findings: [],
  };
  return { result, media: null, series: [], snapshots: [], lightSpans: [] };
}
