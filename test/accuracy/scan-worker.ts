import type { Finding } from "@glasswatch/core/finding";
import { analyse } from "@glasswatch/pipeline/analyse";
import type { ScanRequest } from "@glasswatch/pipeline/scan-types";

/* Scans one file after another: hundreds of short ones, for which a process each would cost more than the scan. */

export type ScanReply = { readonly findings: readonly Finding[] } | { readonly problem: string };

process.on("message", async (request: ScanRequest) => {
  process.send?.(await reply(request).catch((error: unknown): ScanReply => ({ problem: String(error) })));
});

async function reply(request: ScanRequest): Promise<ScanReply> {
  const findings = new Map<string, Finding>();
  const { error, detectors } = await analyse(request, {
    signal: new AbortController().signal,
    onOpened: () => {},
    onProgress: () => {},
    onFinding: (finding) => findings.set(finding.id, finding),
  });
  if (error) return { problem: error.message };
  const errored = detectors.find(({ status }) => status === "errored");
  if (errored) return { problem: `${errored.id}: ${errored.message}` };
  return { findings: [...findings.values()].toSorted((a, b) => a.startSeconds - b.startSeconds) };
}
