import { GlasswatchError, type InputErrorCode } from "@glasswatch/core/errors";
import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { severities } from "@glasswatch/core/severity";
import { type Evidence, joinEvidence } from "@glasswatch/core/state/evidence";
import { readScanResult } from "@glasswatch/core/state/scan-results";
import { openScans, type Scan, scanKeepDays } from "@glasswatch/core/state/scans";
import { scan as scanInput } from "@glasswatch/pipeline/scan";
import { storeClip, storeEvidence } from "./evidence.ts";
import { joinResults } from "./join-results.ts";
import { judgementOf } from "./judgement.ts";
import { openScanRecord, subjectOf } from "./scan-record.ts";
import type { WorkerSetup } from "./setup.ts";

export interface ScanInvitation {
  readonly scanId: string;
  /** How often it was handed out, this time included. */
  readonly receiveCount: number;
}

/** A source that cannot be reached is tried so often. */
const sourceTries = 3;

/** The worker stops: somebody else has to do the scan. */
export class ScanInterruptedError extends Error {
  override readonly name = "ScanInterruptedError";
}

/**
 * Does this group's part of a scan, and puts all parts together when it is the last. Doing it again changes nothing.
 *
 * @throws ScanInterruptedError when the signal was aborted, and whatever keeps the scan from being done now
 */
export async function runScanJob(
  { scanId, receiveCount }: ScanInvitation,
  setup: WorkerSetup,
  signal: AbortSignal,
): Promise<void> {
  const { ports, log, now } = setup;
  const group = setup.group.name;
  const scans = openScans(ports.table);
  const wanted = await scans.begin(scanId, group);
  if (!wanted || wanted.groups[group] === undefined || wanted.finishedAt !== null) return;

  let scan: Scan | null = wanted;
  if (wanted.groups[group].result === null) {
    const result = await scanPart(wanted, setup, signal);
    const code = result.error?.code;
    if (code !== undefined && receiveCount < sourceTries && passing.has(code)) throw new Error(result.error?.message);
    const blob = `scans/${scanId}/${group}.json`;
    await putResult(ports.blobs, blob, result);
    scan = await scans.finishGroup(scanId, group, result.error ? "failed" : "completed", blob);
    log.info({ scanId, error: result.error, findings: result.findings.length }, "the file is scanned");
  }
  if (scan) await finishWhole(scan, setup, now());
}

async function scanPart(scan: Scan, setup: WorkerSetup, signal: AbortSignal): Promise<ScanResult> {
  const { ports, registry, allowPrivate, log, addressOf = async (url) => url } = setup;
  const { blobs } = ports;
  const record = await openScanRecord({ table: ports.table, scan, group: setup.group.name, signal });
  try {
    const judgement = await judgementOf(scan.profile, { table: ports.table, group: setup.group, registry });
    const url = await addressOf(scan.url);
    const request = { ...judgement, input: url, tier: scan.tier, allowPrivate, withClips: true };
    const names = new Map<string, string>();
    const clips: Promise<readonly [id: string, clip: Evidence]>[] = [];
    const { result, snapshots } = await scanInput(request, {
      signal,
      onFinding(finding) {
        names.set(finding.id, record.named(finding).id);
        record.add(finding);
      },
      onClip(findingId, clip) {
        const id = names.get(findingId);
        if (id !== undefined) clips.push(storeClip({ blobs, log }, id, clip).then((stored) => [id, stored]));
      },
    });
    if (signal.aborted) throw new ScanInterruptedError(`scan ${scan.id} was interrupted`);
    const findings = result.findings.map(record.named);
    const shown = snapshots.map((pictures) => ({ ...pictures, findingId: names.get(pictures.findingId) ?? "" }));
    const evidence = new Map(
      await storeEvidence(
        blobs,
        shown.filter(({ findingId }) => findingId !== ""),
      ),
    );
    for (const [id, clip] of await Promise.all(clips)) {
      if (clip.length > 0) evidence.set(id, joinEvidence(evidence.get(id) ?? [], clip));
    }
    record.illustrate(evidence);
    await record.done();
    return presentable(
      { ...result, findings: findings.map((finding) => withEvidence(finding, evidence)) },
      { ...scan, url },
    );
  } catch (error) {
    // A profile that leaves nothing to look for.
    if (!(error instanceof GlasswatchError)) throw error;
    return nothingOf(scan, error);
  }
}

function withEvidence(finding: Finding, evidence: ReadonlyMap<string, Evidence>): Finding {
  const known = evidence.get(finding.id);
  return known ? { ...finding, evidence: known } : finding;
}

/** What people see holds no secret of the address. */
function presentable(result: ScanResult, { url, input }: Scan): ScanResult {
  const error = result.error && { ...result.error, message: result.error.message.replaceAll(url, input) };
  return { ...result, input, error };
}

function nothingOf({ input }: Scan, { code, message }: GlasswatchError): ScanResult {
  const nothing = { durationSeconds: null, complete: false, video: null, audio: [], detectors: [], findings: [] };
  return { ...nothing, input, error: { code, message } };
}

/** Errors of a source that waiting may cure. */
const passing: ReadonlySet<string> = new Set<InputErrorCode>(["timed-out", "connection-failed", "connection-lost"]);

/** The last of the groups to be done does this; where two are, both do the same. */
async function finishWhole(scan: Scan, { ports }: WorkerSetup, finishedAt: Date): Promise<void> {
  const names = Object.values(scan.groups).map(({ result }) => result);
  const parts = await Promise.all(names.map((name) => (name === null ? null : readScanResult(ports.blobs, name))));
  const [first, ...others] = parts.filter((part) => part !== null);
  if (first === undefined || others.length + 1 < parts.length) return;
  const result = joinResults([first, ...others]);
  const blob = `scans/${scan.id}/result.json`;
  await putResult(ports.blobs, blob, result);
  const { error } = result;
  const end = { error, result: blob, finishedAt: finishedAt.toISOString(), event: endEvent(scan, result, finishedAt) };
  await openScans(ports.table).finish(scan.id, end);
}

function endEvent(scan: Scan, { error, durationSeconds, findings }: ScanResult, occurredAt: Date): Event {
  const { id: scanId, input } = scan;
  const facts = { streamId: subjectOf(scan), entityId: scanId, revision: 1, occurredAt, traceparent: openTrace() };
  if (error) return makeEvent({ ...facts, detailType: "scan.failed", data: { scanId, input, error } });
  const counts = severities.map((severity) => [severity, findings.filter((f) => f.severity === severity).length]);
  const data = { scanId, input, durationSeconds, findings: Object.fromEntries(counts) };
  return makeEvent({ ...facts, detailType: "scan.completed", data });
}

async function putResult(blobs: Blobs, name: string, result: ScanResult): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(result));
  await blobs.put(name, bytes, { contentType: "application/json", keepDays: scanKeepDays });
}
