import type { Finding } from "@glasswatch/core/finding";
import type { ScanResult } from "@glasswatch/core/scan-result";

export interface FindingsFate {
  /** Of the scan before. */
  readonly gone: readonly Finding[];
  /** Of the scan after: what was there before in the same place. */
  readonly left: readonly Finding[];
  /** Of the scan after. */
  readonly new: readonly Finding[];
}

/** What became of findings. Ids differ from scan to scan: what is of one kind, on one track and at one time is one. */
export function findingsFate(before: ScanResult, after: ScanResult): FindingsFate {
  const wasThere = (finding: Finding) => before.findings.some((earlier) => isSame(earlier, finding));
  return {
    gone: before.findings.filter((finding) => !after.findings.some((later) => isSame(finding, later))),
    left: after.findings.filter(wasThere),
    new: after.findings.filter((finding) => !wasThere(finding)),
  };
}

/** A second beyond its ends is its place, too: repairs move sound. */
const slackSeconds = 1;

function isSame(a: Finding, b: Finding): boolean {
  const end = ({ endSeconds }: Finding) => (endSeconds ?? Number.POSITIVE_INFINITY) + slackSeconds;
  return (
    a.kind === b.kind &&
    a.subject.media === b.subject.media &&
    a.subject.track === b.subject.track &&
    a.startSeconds <= end(b) &&
    b.startSeconds <= end(a)
  );
}
