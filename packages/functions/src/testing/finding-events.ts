import type { EventOf } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import type { Findings } from "@glasswatch/core/state/findings";

/** A finding of a stream that opens and closes: its events, and what stores the steps that they tell of. */
export function findingEvents(streamId: string): {
  readonly opened: EventOf<"finding.opened">;
  readonly closed: EventOf<"finding.closed">;
  storeOpened(findings: Findings): Promise<void>;
  storeClosed(findings: Findings): Promise<void>;
} {
  const finding: Finding = {
    id: `${streamId}-f`,
    kind: "black-picture",
    subject: { media: "video", track: 0 },
    startSeconds: 12,
    endSeconds: null,
    severity: "major",
    confidence: 0.9,
    measurements: [],
    revision: 1,
  };
  const ended: Finding = { ...finding, endSeconds: 15, revision: 2 };
  const facts = { streamId, entityId: finding.id, occurredAt: new Date(), traceparent: openTrace() };
  const opened = makeEvent({ detailType: "finding.opened", ...facts, revision: 1, data: finding });
  const closed = makeEvent({ detailType: "finding.closed", ...facts, revision: 2, data: ended });
  const place = { source: { type: "stream" as const, id: streamId }, group: "all" };
  return {
    opened,
    closed,
    storeOpened: (findings) => findings.record({ ...place, finding }, opened),
    storeClosed: (findings) => findings.record({ ...place, finding: ended }, closed),
  };
}
