import type { FinishReason } from "@glasswatch/core/detector";
import type { Finding } from "@glasswatch/core/finding";
import type { MediaInfo, MediaUnit } from "@glasswatch/core/media";
import type { TimeRange } from "@glasswatch/core/profile";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { DetectorPlan } from "@glasswatch/detectors/plan";
import { detectors as registry } from "@glasswatch/detectors/registry";
import type { AudioTotals } from "@glasswatch/kernels/audio-features";
import type { HostReports } from "./detector-host.ts";
import { openFindingsLedger } from "./findings-ledger.ts";
import { type OpenRecorder, openAudioAnalysis, openVideoAnalysis } from "./track-analysis.ts";

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
}

export interface MediaAnalysisSetup {
  readonly info: MediaInfo;
  readonly request: {
    readonly input: string;
    readonly detectors: readonly DetectorPlan[];
    readonly ignore: readonly TimeRange[];
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
    const watchesSomething =
      detector.media === "video" ? info.video : detector.media === "audio" ? info.audio.length > 0 : true;
    statuses.set(plan.id, watchesSomething ? { id: plan.id, status: "ok" } : skipped(plan.id, detector.media));
    return { detector, plan };
  });
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
  const video = info.video && openVideoAnalysis({ track: info.video, detectors, reports, record });
  const audio = info.audio.map((track) => openAudioAnalysis({ track, detectors, reports, record }));

  return {
    push(unit) {
      if (unit.kind === "picture") video?.push(unit);
      else audio[unit.track]?.push(unit);
    },
    suspects: () => video?.suspects() === true,
    finish(reason) {
      video?.finish(reason);
      for (const track of audio) track.finish(reason);
    },
    statuses: () => [...statuses.values()],
    totals: () => audio.map((track) => track.totals()),
  };
}

function skipped(id: string, media: "video" | "audio" | "clock") {
  const what = media === "video" ? "pictures" : "sound";
  return { id, status: "skipped", message: `the input has no ${what}` } as const;
}
