import type { ScanResult } from "@glasswatch/core/scan-result";

/** What several detector groups found in one file, as one result. @param results at least one */
export function joinResults(results: readonly [ScanResult, ...ScanResult[]]): ScanResult {
  const [first] = results;
  const durations = results.map(({ durationSeconds }) => durationSeconds).filter((seconds) => seconds !== null);
  return {
    ...first,
    durationSeconds: durations.length > 0 ? Math.max(...durations) : null,
    complete: results.every(({ complete }) => complete),
    error: results.find(({ error }) => error)?.error ?? null,
    video: results.find(({ video }) => video)?.video ?? null,
    audio: results.find(({ audio }) => audio.length > 0)?.audio ?? [],
    detectors: results.flatMap(({ detectors }) => detectors),
    findings: results.flatMap(({ findings }) => findings).toSorted((a, b) => a.startSeconds - b.startSeconds),
  };
}
