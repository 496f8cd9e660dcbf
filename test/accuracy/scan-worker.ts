import type { Finding } from "@glasswatch/core/finding";
import type { ScanRequest } from "@glasswatch/pipeline/scan-types";
import { scanHere } from "../support/scan-here.ts";

/* Scans one file after another. */

export type ScanReply = { readonly findings: readonly Finding[] } | { readonly problem: string };

process.on("message", async (request: ScanRequest) => {
  process.send?.(await reply(request).catch((error: unknown): ScanReply => ({ problem: String(error) })));
});

async function reply(request: ScanRequest): Promise<ScanReply> {
  const { error, detectors, findings } = await scanHere(request);
  if (error) return { problem: error.message };
  const errored = detectors.find(({ status }) => status === "errored");
  return errored ? { problem: `${errored.id}: ${errored.message}` } : { findings };
}
