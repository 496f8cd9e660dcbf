import { createHash } from "node:crypto";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import { pagesOf } from "@glasswatch/core/ports/pages";
import type { Table } from "@glasswatch/core/ports/table";
import type { Evidence } from "@glasswatch/core/state/evidence";
import { openFindings } from "@glasswatch/core/state/findings";
import type { Scan } from "@glasswatch/core/state/scans";
import { openFindingTracker } from "@glasswatch/pipeline/live/finding-tracker";
import { untilStored } from "./until-stored.ts";

/** Findings of one scan, told while it goes on. */
export interface ScanRecord {
  /** A finding as the scan tells it now. */
  add(finding: Finding): void;
  /** The finding as it is kept: under an id that no other scan gives, and the same when this one is done again. */
  named(finding: Finding): Finding;
  /** Adds pictures to findings that were told. */
  illustrate(evidence: ReadonlyMap<string, Evidence>): void;
  /** Resolves when everything so far is written. */
  done(): Promise<void>;
}

export interface ScanRecordSetup {
  readonly table: Table;
  readonly scan: Scan;
  readonly group: string;
  readonly signal: AbortSignal;
}

/** Goes on after what an earlier try at the same scan has told. */
export async function openScanRecord({ table, scan, group, signal }: ScanRecordSetup): Promise<ScanRecord> {
  const findings = openFindings(table);
  const tracker = openFindingTracker("id");
  const traceparent = openTrace();
  const source = { type: "scan", id: scan.id } as const;
  let writing: Promise<void> = Promise.resolve();
  tracker.adopt(await openOnes());

  async function openOnes(): Promise<readonly Finding[]> {
    const open: Finding[] = [];
    for await (const stored of pagesOf((page) => findings.of(source, page))) {
      const ours = stored.filter((each) => each.group === group && each.finding.endSeconds === null);
      open.push(...ours.map(({ finding }) => finding));
    }
    return open;
  }

  function named(finding: Finding): Finding {
    const id = createHash("sha256").update(`${scan.id} ${finding.id}`).digest("hex").slice(0, 16);
    return { ...finding, id };
  }

  return {
    add(told) {
      for (const { detailType, finding } of tracker.record(named(told), performance.now() / 1000)) {
        const { id: entityId, revision } = finding;
        const facts = { streamId: subjectOf(scan), entityId, revision, occurredAt: new Date(), traceparent };
        const event = makeEvent({ ...facts, detailType, data: finding });
        writing = writing.then(() => untilStored(() => findings.record({ source, group, finding }, event), signal));
        // Told by `done`.
        writing.catch(() => {});
      }
    },
    named,
    illustrate(evidence) {
      for (const [id, pictures] of evidence) {
        writing = writing.then(() => untilStored(() => findings.illustrate(id, pictures), signal));
        writing.catch(() => {});
      }
    },
    done: () => writing,
  };
}

/** What events of a scan are about: the stream that the file belongs to, or the scan where it belongs to none. */
export function subjectOf({ id, streamId }: Scan): string {
  return streamId ?? id;
}
