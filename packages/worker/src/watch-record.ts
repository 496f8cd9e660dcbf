import type { Event, EventOf } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import type { Clip } from "@glasswatch/core/media";
import type { Ports } from "@glasswatch/core/ports/ports";
import { type Evidence, joinEvidence } from "@glasswatch/core/state/evidence";
import { openFindings } from "@glasswatch/core/state/findings";
import type { HeldLease } from "@glasswatch/core/state/leases";
import { openMeasurements } from "@glasswatch/core/state/measurements";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import type { FindingSnapshots } from "@glasswatch/pipeline/scan-types";
import type { Logger } from "pino";
import { storeClip, storeEvidence } from "./evidence.ts";
import { untilStored } from "./until-stored.ts";

type FindingEvent = EventOf<"finding.opened" | "finding.updated" | "finding.closed">;

/** What is written of a stream under its lease, one thing after the other. */
export interface WatchRecord {
  /** Puts an event behind those before it. @param pictures of a finding that opens */
  tell(event: Event, pictures?: FindingSnapshots): void;
  /** Adds the clip of a finding that was told. What is told meanwhile does not wait for it. */
  attach(findingId: string, clip: Clip): void;
  /** Without effect while an earlier one waits to be written. */
  renew(): void;
  /** Tells what an earlier owner may have left half told. */
  adopt(): void;
  /** Closes what is open: nobody watches this stream any more. */
  closeAll(atSeconds: number): void;
  /** Resolves when everything so far is written. @throws what stopped the writing: LeaseLostError above all */
  done(): Promise<void>;
}

export interface RecordSetup {
  readonly ports: Ports;
  readonly lease: HeldLease;
  readonly signal: AbortSignal;
  readonly log: Logger;
  now(): Date;
  /** Nothing is written any more. */
  onBroken(error: unknown): void;
}

/** Where nothing can be stored for hours, measurements are left out from so many writes on: they come every few seconds. */
const mostWaiting = 200;

/**
 * A step of a finding goes into the lease first, whose epoch keeps out whoever lost it, and then into the finding's own row,
 * which tells it. Killed in between, the next owner finds it in the lease.
 */
export function openWatchRecord({ ports, lease, signal, log, now, onBroken }: RecordSetup): WatchRecord {
  const { streamId, group, epoch } = lease.current;
  const findings = openFindings(ports.table);
  const states = openStreamStates(ports.table);
  const measurements = openMeasurements(ports.table);
  let writing: Promise<void> = Promise.resolve();
  let isRenewing = false;
  let waiting = 0;

  function enqueue(write: () => Promise<void>): void {
    waiting++;
    writing = writing.then(() => untilStored(write, signal));
    writing.then(() => waiting--, onBroken);
  }

  const step = (finding: Finding) => ({ source: { type: "stream", id: streamId } as const, group, finding });

  const evidence = new Map<string, Evidence>();
  for (const { id, evidence: known } of lease.current.findings) if (known) evidence.set(id, known);

  /** With its pictures, which are stored before it is told. */
  async function illustrated(event: FindingEvent, pictures: FindingSnapshots | undefined): Promise<FindingEvent> {
    const finding = event.detail.data;
    if (pictures && !evidence.has(finding.id)) {
      const stored = await storeEvidence(ports.blobs, [{ ...pictures, findingId: finding.id }]);
      evidence.set(finding.id, stored.get(finding.id) ?? []);
    }
    const known = evidence.get(finding.id) ?? [];
    if (finding.endSeconds !== null) evidence.delete(finding.id);
    if (known.length === 0) return event;
    return { ...event, detail: { ...event.detail, data: { ...finding, evidence: known } } };
  }

  const attaching = new Set<Promise<void>>();

  /** Not under the lease: this only adds to the finding, whoever goes on with it. */
  async function attach(findingId: string, clip: Clip): Promise<void> {
    try {
      const stored = await storeClip({ blobs: ports.blobs, log }, findingId, clip);
      await writing.catch(() => {});
      const known = evidence.get(findingId);
      if (known) evidence.set(findingId, joinEvidence(known, stored));
      await findings.illustrate(findingId, stored);
    } catch (error) {
      log.warn({ err: error, findingId }, "a clip could not be added to its finding");
    }
  }

  async function record(event: FindingEvent): Promise<void> {
    const finding = event.detail.data;
    await lease.change((held) => ({
      ...held,
      findings: [...held.findings.filter((other) => other.id !== finding.id && isOpen(other)), finding],
    }));
    await findings.record(step(finding), event);
  }

  async function tellState(event: Event): Promise<void> {
    if (event["detail-type"] === "stream.started") {
      await lease.change((held) => ({ ...held, startedAt: event.detail.occurredAt }));
    }
    await states.tell(group, epoch, event);
  }

  return {
    tell(event, pictures) {
      switch (event["detail-type"]) {
        case "finding.opened":
        case "finding.updated":
        case "finding.closed":
          return enqueue(async () => record(await illustrated(event, pictures)));
        case "stream.measured":
          if (waiting < mostWaiting) enqueue(() => measurements.add(group, event));
          return;
        default:
          return enqueue(() => tellState(event));
      }
    },
    attach(findingId, clip) {
      const attached = attach(findingId, clip).finally(() => attaching.delete(attached));
      attaching.add(attached);
    },
    renew() {
      if (isRenewing) return;
      isRenewing = true;
      enqueue(async () => {
        // All steps before this one are in their rows.
        await lease.renew((held) => ({ ...held, findings: held.findings.filter(isOpen) }));
        isRenewing = false;
      });
    },
    adopt() {
      for (const finding of lease.current.findings) {
        enqueue(() => findings.record(step(finding), eventOf(finding, streamId, now())));
      }
    },
    closeAll(atSeconds) {
      enqueue(async () => {
        for (const finding of lease.current.findings.filter(isOpen)) {
          const endSeconds = Math.max(finding.startSeconds, atSeconds);
          const closed = { ...finding, endSeconds, revision: finding.revision + 1 };
          await record(eventOf(closed, streamId, now()));
        }
      });
    },
    async done() {
      await Promise.all(attaching);
      await writing;
    },
  };
}

function isOpen({ endSeconds }: Finding): boolean {
  return endSeconds === null;
}

function eventOf(finding: Finding, streamId: string, occurredAt: Date): FindingEvent {
  const { id: entityId, revision } = finding;
  const told = { streamId, entityId, revision, occurredAt, traceparent: openTrace(), data: finding };
  if (!isOpen(finding)) return makeEvent({ ...told, detailType: "finding.closed" });
  return makeEvent({ ...told, detailType: revision === 1 ? "finding.opened" : "finding.updated" });
}
