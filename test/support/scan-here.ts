import type { Finding } from "@glasswatch/core/finding";
import { type Analysis, analyse } from "@glasswatch/pipeline/analyse";
import type { ScanRequest } from "@glasswatch/pipeline/scan-types";

export interface ScanHere extends Pick<Analysis, "error" | "detectors"> {
  /** By their start. */
  readonly findings: readonly Finding[];
}

/** A scan in this process: for hundreds of short files, starting a process for each would cost more than the scans. */
export async function scanHere(request: ScanRequest): Promise<ScanHere> {
  const findings = new Map<string, Finding>();
  const { error, detectors } = await analyse(request, {
    signal: new AbortController().signal,
    onOpened: () => {},
    onProgress: () => {},
    onFinding: (finding) => findings.set(finding.id, finding),
  });
  return { error, detectors, findings: [...findings.values()].toSorted((a, b) => a.startSeconds - b.startSeconds) };
}
