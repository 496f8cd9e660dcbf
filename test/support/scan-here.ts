import type { Finding } from "@glasswatch/core/finding";
import { type Analysis, analyse } from "@glasswatch/pipeline/analyse";
import type { ScanRequest } from "@glasswatch/pipeline/scan-types";

export interface ScanHere extends Pick<Analysis, "error" | "detectors" | "coverage" | "audio" | "series"> {
  /** By their start. */
  readonly findings: readonly Finding[];
}

/** A scan in this process: for hundreds of short files, starting a process for each would cost more than the scans. */
export async function scanHere(request: ScanRequest): Promise<ScanHere> {
  const findings = new Map<string, Finding>();
  const { error, detectors, coverage, audio, series } = await analyse(request, {
    signal: new AbortController().signal,
    onOpened: () => {},
    onProgress: () => {},
    onFinding: (finding) => findings.set(finding.id, finding),
  });
  const told = { error, detectors, coverage, audio, series };
  return { ...told, findings: [...findings.values()].toSorted((a, b) => a.startSeconds - b.startSeconds) };
}
