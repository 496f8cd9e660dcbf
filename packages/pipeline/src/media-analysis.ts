import type { AnyDetector, FinishReason } from "@glasswatch/core/detector";
import type { Finding } from "@glasswatch/core/finding";
import type { MediaInfo, MediaUnit } from "@glasswatch/core/media";
import type { TimeRange } from "@glasswatch/core/profile";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { DetectorPlan } from "@glasswatch/detectors/plan";
import { detectors as registry } from "@glasswatch/detectors/registry";
import type { AudioTotals } from "@glasswatch/kernels/audio-features";
import { type CalibrationValues, openCalibrationMeters } from "./calibration-meters.ts";
import type { HostReports } from "./detector-host.ts";
import { openFindingsLedger } from "./findings-ledger.ts";
import { openProgrammeAnalysis, type ProgrammeAnalysis } from "./programme-analysis.ts";
import { type OpenRecorder, openAudioAnalysis, openVideoAnalysis, type TrackSetup } from "./track-analysis.ts";

type DetectorStatus = ScanResult["detectors"][number];

/** The planned detectors at work on all tracks of one input. */
export interface MediaAnalysis {
  push(unit: MediaUnit): void;
  /** Asked after a push of a picture: see `DetectorHost.suspects`. */
  suspects(): boolean;
  finish(reason: FinishReason): void;
  statuses(): readonly DetectorStatus[];
  /** Of each sound track. */
  totals(): readonly AudioTotals[];
  /** Empty unless asked for. */
  calibration(): readonly CalibrationValues[];
}

export interface MediaAnalysisSetup {
  readonly info: MediaInfo;
  readonly request: {
    readonly input: string;
    readonly detectors: readonly DetectorPlan[];
    readonly ignore: readonly TimeRange[];
    readonly calibrate?: boolean;
  };
  readonly record: OpenRecorder;
  onFinding(finding: Finding): void;
  /** A detector failed and is left out from now on. */
  onErrored?(status: DetectorStatus): void;
}

export function openMediaAnalysis({ info, request, record, onFinding, onErrored }: MediaAnalysisSetup): MediaAnalysis {
  const ledger = openFindingsLedger(request);
  const statuses = new Map<string, DetectorStatus>();
  const detectors = request.detectors.map((plan) => {
    const detector = registry.find(({ id }) => id === plan.id);
    if (!detector) throw new Error(`no detector is called ${plan.id}`);
    const lack = lackOf(info, detector);
    statuses.set(plan.id, { id: plan.id, ...(lack ? { status: "skipped", message: lack } : { status: "ok" }) });
    return { detector, plan, lack };
  });
  const able = detectors.filter(({ lack }) => lack === undefined);
  const reports: HostReports = {
    detections(entry, detections) {
      for (const detection of detections) {
        const finding = ledger.record(entry, detection);
        if (finding) onFinding(finding);
      }
    },
    errored(id, error) {
      const status = {
        id,
        status: "errored",
        message: error instanceof Error ? error.message : String(error),
      } as const;
      statuses.set(id, status);
      onErrored?.(status);
    },
  };
  let programme: ProgrammeAnalysis | undefined;
  const shared: Omit<TrackSetup<never>, "track"> = {
    detectors: able,
    reports,
    record,
    onStep(step, subject) {
      programme?.push(step, subject);
      if (step === "measured") meters?.push(subject);
    },
  };
  const video = info.video && openVideoAnalysis({ track: info.video, ...shared });
  const audio = info.audio.map((track) => openAudioAnalysis({ track, ...shared }));
  const meters = request.calibrate
    ? openCalibrationMeters(
        able.map(({ detector }) => detector),
        [
          ...(video ? [metered("video", 0, video.features, video.features.frame)] : []),
          ...audio.map(({ features }, track) => metered("audio", track, features, features.block)),
        ],
      )
    : undefined;
  programme = openProgrammeAnalysis({ info, detectors: able, reports, video, audio });

  return {
    push(unit) {
      if (unit.kind === "picture") video?.push(unit);
      else audio[unit.track]?.push(unit);
    },
    suspects: () => video?.suspects() === true,
    finish(reason) {
      video?.finish(reason);
      for (const track of audio) track.finish(reason);
      programme.finish(reason);
    },
    statuses: () => [...statuses.values()],
    totals: () => audio.map((track) => track.totals()),
    calibration: () => meters?.values() ?? [],
  };
}

function metered(media: "video" | "audio", track: number, features: object, clock: { readonly timeSeconds: number }) {
  return { subject: { media, track }, features, timeSeconds: () => clock.timeSeconds };
}

/** What a detector would need of the input and does not find; undefined where it can work. */
function lackOf(info: MediaInfo, { media, leastTracks }: AnyDetector): string | undefined {
  const least = { video: Number(media === "video"), audio: Number(media === "audio"), ...leastTracks };
  if (least.video > 0 && !info.video) return "the input has no pictures";
  if (least.audio > 0 && info.audio.length === 0) return "the input has no sound";
  return info.audio.length < least.audio ? `the input has fewer than ${least.audio} sound tracks` : undefined;
}
