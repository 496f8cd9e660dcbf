import type { ScanResult } from "@glasswatch/core/scan-result";

/** What several detector groups found in one file, as one result. @param parts at least one */
export function joinResults(parts: readonly [ScanResult, ...ScanResult[]]): ScanResult {
  // A profile may leave one group nothing to look for: then the others are the whole.
  const busy = parts.filter(({ error }) => error?.code !== "no-detectors");
  const [first = parts[0]] = busy;
  const results = busy.length > 0 ? busy : parts;
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
