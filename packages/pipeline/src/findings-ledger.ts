import { createHash } from "node:crypto";
import type { Detection } from "@glasswatch/core/detector";
import type { Finding, Subject } from "@glasswatch/core/finding";
import { isIgnored, type TimeRange } from "@glasswatch/core/profile";
import type { Severity } from "@glasswatch/core/severity";

export interface LedgerEntry {
  readonly kind: string;
  readonly subject: Subject;
  /** What the profile puts in the place of the detector's own severity. */
  readonly severity: Severity | undefined;
}

export interface FindingsLedger {
  /** Turns what a detector told into the finding's new revision; undefined while it lies in an ignored span. */
  record(entry: LedgerEntry, detection: Detection): Finding | undefined;
}

export interface LedgerSetup {
  /** Part of every id, so that findings of two inputs never share one. */
  readonly input: string;
  readonly ignore: readonly TimeRange[];
}

/** Gives detections their identity. One finding is open at a time per kind and subject. */
export function openFindingsLedger({ input, ignore }: LedgerSetup): FindingsLedger {
  const open = new Map<string, Finding>();

  return {
    record(entry, detection) {
      const subject = subjectOf(entry.subject, detection);
      const place = `${entry.kind} ${subject.media} ${subject.track} ${subject.channel ?? ""}`;
      const known = open.get(place);
      const finding: Finding = {
        id: known?.id ?? identify(`${input} ${place} ${detection.startSeconds}`),
        kind: entry.kind,
        subject,
        startSeconds: milliseconds(detection.startSeconds),
        endSeconds: detection.endSeconds === null ? null : milliseconds(detection.endSeconds),
        severity: entry.severity ?? detection.severity,
        confidence: detection.confidence,
        measurements: [...detection.measurements],
        ...(detection.area && { area: detection.area }),
        revision: (known?.revision ?? 0) + 1,
      };
      if (detection.state === "closed") open.delete(place);
      else open.set(place, finding);
      return isIgnored(finding, ignore) ? undefined : finding;
    },
  };
}

function subjectOf(usual: Subject, { channel, subject = usual }: Detection): Subject {
  return channel === undefined ? subject : { ...subject, channel };
}

/** The same input scanned twice gives the same ids, so that two reports can be compared. */
function identify(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Time bases are rationals; a millisecond is finer than any frame or block. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
