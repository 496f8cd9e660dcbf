import type {
  AnyDetector,
  Detection,
  Detections,
  DetectorInstance,
  FinishReason,
  ProgrammeTracks,
} from "@glasswatch/core/detector";
import type { Subject } from "@glasswatch/core/finding";
import type { AudioTrack, VideoTrack } from "@glasswatch/core/media";
import type { DetectorPlan } from "@glasswatch/detectors/plan";
import type { LedgerEntry } from "./findings-ledger.ts";

/** Where hosted detectors report to. */
export interface HostReports {
  detections(entry: LedgerEntry, detections: NonNullable<Detections>): void;
  errored(detectorId: string, error: unknown): void;
}

/** The detectors of one track, or of all, that watch the same medium, run one after the other over the same features. */
export interface DetectorHost {
  /** Call after the shared features were overwritten with the next unit's. */
  push(): void;
  /** After a push: a detector would like to watch every picture, or has a finding open. */
  suspects(): boolean;
  finish(reason: FinishReason): void;
}

interface Hosted {
  readonly id: string;
  readonly entry: LedgerEntry;
  readonly instance: DetectorInstance<unknown>;
  readonly input: unknown;
  /** Places with a finding open. */
  readonly open: Set<string>;
  failed: boolean;
}

export interface HostSetup {
  readonly detectors: readonly { readonly detector: AnyDetector; readonly plan: DetectorPlan }[];
  readonly features: object;
  readonly track: VideoTrack | AudioTrack | ProgrammeTracks;
  /** What findings are about that do not say so themselves. */
  readonly subject: Subject;
  readonly reports: HostReports;
}

/** A detector that throws is reported and left out from then on; the others and the stream go on. */
export function openDetectorHost({ detectors, features, track, subject, reports }: HostSetup): DetectorHost {
  const hosted: Hosted[] = [];
  for (const { detector, plan } of detectors) {
    try {
      hosted.push({
        id: detector.id,
        entry: { kind: detector.id, subject, severity: plan.severity },
        instance: openInstance(detector, plan, track),
        input: pick(features, detector.needs),
        open: new Set(),
        failed: false,
      });
    } catch (error) {
      reports.errored(detector.id, error);
    }
  }

  function guard(detector: Hosted, step: () => Detections): void {
    if (detector.failed) return;
    try {
      const detections = step();
      if (!detections) return;
      for (const detection of detections) {
        if (detection.state === "closed") detector.open.delete(placeOf(detection));
        else detector.open.add(placeOf(detection));
      }
      reports.detections(detector.entry, detections);
    } catch (error) {
      fail(detector, error);
    }
  }

  function fail(detector: Hosted, error: unknown): void {
    detector.failed = true;
    reports.errored(detector.id, error);
  }

  function suspects(detector: Hosted): boolean {
    if (detector.failed) return false;
    try {
      return detector.open.size > 0 || detector.instance.suspects?.() === true;
    } catch (error) {
      fail(detector, error);
      return false;
    }
  }

  // One closure a detector, made once: none per frame.
  const pushes = hosted.map((detector) => () => detector.instance.push(detector.input));

  return {
    push() {
      for (let i = 0; i < hosted.length; i++) guard(hosted[i] as Hosted, pushes[i] as () => Detections);
    },
    suspects: () => hosted.some(suspects),
    finish(reason) {
      for (const detector of hosted) guard(detector, () => detector.instance.finish(reason));
    },
  };
}

function placeOf({ subject, channel }: Detection): string {
  return `${subject?.media} ${subject?.track} ${channel}`;
}

function openInstance(detector: AnyDetector, plan: DetectorPlan, track: HostSetup["track"]) {
  const setup = { options: plan.options, expectation: plan.expectation, track };
  // The plan was checked against this detector's schemas, and the host is opened for tracks of its medium.
  return (detector.open as (setup: unknown) => DetectorInstance<unknown>)(setup);
}

/** A detector sees what it declared and nothing else. */
export function pick(features: object, names: readonly string[]): object {
  const entries = Object.entries(features).filter(([name]) => names.includes(name));
  if (entries.length !== names.length) throw new Error(`asks for a feature that is not there: ${names.join(", ")}`);
  return Object.freeze(Object.fromEntries(entries));
}
