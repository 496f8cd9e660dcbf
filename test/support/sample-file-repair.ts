import type { FileRepair } from "@glasswatch/core/file-repair";

const at = "2030-01-01T00:00:00.000Z";

/** A repair of a scanned file, as far as a test does not say otherwise: requested a moment ago. */
export function sampleFileRepair(repair: Partial<FileRepair> = {}): FileRepair {
  return {
    ...{ id: "fr1", scanId: "s1", streamId: "s1", input: "https://example.com/a.mp4", wanted: null },
    ...{ status: "requested", dryRun: false, requestedBy: { via: "system", name: "policy" }, requestedAt: at },
    ...{ actedAt: null, endedAt: null, made: [], refusals: [], copy: null, copyScanId: null },
    ...{ log: [], version: 1 },
    ...repair,
  };
}

/** What is true of one once its copy was made. */
export const copied = {
  made: [{ action: "conceal-audio", what: "1 dropout concealed", findings: ["f2"] }],
  copy: { fileName: "Nachrichten – früh.mp4", contentType: "video/mp4", sizeBytes: 1000, sha256: "a".repeat(64) },
  copyScanId: "s2",
} as const satisfies Partial<FileRepair>;
