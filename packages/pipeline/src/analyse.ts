import { GlasswatchError } from "@glasswatch/core/errors";
import type { Finding } from "@glasswatch/core/finding";
import type { MediaInfo, MediaReader, MediaUnit, Picture } from "@glasswatch/core/media";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { Series } from "@glasswatch/core/series";
import { detectors as registry } from "@glasswatch/detectors/registry";
import { openMedia } from "@glasswatch/media/open";
import { openCoverageMeter } from "./coverage.ts";
import type { HostReports } from "./detector-host.ts";
import { openFindingsLedger } from "./findings-ledger.ts";
import { interruption } from "./interruption.ts";
import type { FindingSnapshots, ScanProgress, ScanRequest } from "./scan-types.ts";
import { openSnapshots } from "./snapshots.ts";
import { openTierControl, type TierChange } from "./tier-control.ts";
import { openAudioAnalysis, openVideoAnalysis } from "./track-analysis.ts";

/** What is known when the analysis is over, however it ended. */
export interface Analysis {
  readonly error: ScanResult["error"];
  readonly durationSeconds: number;
  readonly audio: readonly Pick<ScanResult["audio"][number], "integratedLufs" | "truePeakDbtp">[];
  readonly coverage: ScanResult["coverage"];
  readonly detectors: ScanResult["detectors"];
  readonly series: readonly Series[];
  readonly snapshots: readonly FindingSnapshots[];
}

export interface AnalysisEffects {
  readonly signal: AbortSignal;
  onOpened(media: MediaInfo): void;
  onProgress(progress: Omit<ScanProgress, "findings">): void;
  onFinding(finding: Finding): void;
  onTier?(change: TierChange): void;
  /** Looked at before each unit is asked for: see `TierControl.impose`. */
  tierLimit?(): "light" | undefined;
}

/** How often the loop lets messages in and out; decoding itself never gives way. */
const breatheMs = 100;

/**
 * Reads an input to its end and runs the planned detectors over it, all in this process and this thread: the decoder
 * gives a unit only when the detectors are done with the one before, so nothing queues up.
 *
 * @throws GlasswatchError when the input cannot be opened; what goes wrong later is told in `error`
 */
export async function analyse(request: ScanRequest, effects: AnalysisEffects): Promise<Analysis> {
  const { fromSeconds, toSeconds, allowPrivate } = request;
  const reader = await openMedia(request.input, {
    ...(fromSeconds !== undefined && { fromSeconds }),
    ...(toSeconds !== undefined && { toSeconds }),
    allowPrivate,
    signal: effects.signal,
  });
  try {
    effects.onOpened(reader.info);
    return await analyseUnits(reader, request, effects);
  } finally {
    await reader.close();
  }
}

async function analyseUnits(reader: MediaReader, request: ScanRequest, effects: AnalysisEffects): Promise<Analysis> {
  const { info } = reader;
  const ledger = openFindingsLedger(request);
  const snapshots = openSnapshots();
  const statuses = new Map<string, ScanResult["detectors"][number]>();
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
        if (!finding) continue;
        snapshots.note(finding);
        effects.onFinding(finding);
      }
    },
    errored(id, error) {
      statuses.set(id, { id, status: "errored", message: error instanceof Error ? error.message : String(error) });
    },
  };

  const video = info.video && openVideoAnalysis({ track: info.video, detectors, reports });
  const audio = info.audio.map((track) => openAudioAnalysis({ track, detectors, reports }));
  const startSeconds = request.fromSeconds ?? 0;
  let positionSeconds = startSeconds;
  const coverage = openCoverageMeter();
  const control = openTierControl({
    wanted: request.tier,
    startSeconds,
    onChange(change) {
      reader.setTier(change.tier);
      effects.onTier?.(change);
    },
  });

  function watched(picture: Picture): void {
    control.watch(picture.timeSeconds, control.heedsSuspicion && video?.suspects() === true);
    coverage.add(picture, control.tier);
  }

  function push(unit: MediaUnit): void {
    if (unit.kind === "picture") {
      snapshots.show(unit);
      video?.push(unit);
      watched(unit);
      snapshots.hide();
    } else {
      audio[unit.track]?.push(unit);
    }
    positionSeconds = Math.max(positionSeconds, unit.timeSeconds + unit.durationSeconds);
  }

  let error: ScanResult["error"] = null;
  try {
    let breathedAtMs = performance.now();
    for (;;) {
      control.impose(effects.tierLimit?.());
      const coming = reader.next();
      const unit = coming instanceof Promise ? await coming : coming;
      if (!unit) break;
      push(unit);
      if (performance.now() - breathedAtMs < breatheMs) continue;
      effects.onProgress({ positionSeconds, durationSeconds: info.durationSeconds });
      await new Promise((resolve) => setImmediate(resolve));
      effects.signal.throwIfAborted();
      breathedAtMs = performance.now();
    }
  } catch (cause) {
    error = errorOf(cause, request.input, effects.signal);
  }

  video?.finish("end");
  for (const track of audio) track.finish("end");
  return {
    error,
    durationSeconds: positionSeconds - startSeconds,
    audio: audio.map((track) => track.totals()),
    coverage: coverage.total(),
    detectors: [...statuses.values()],
    series: [...(video?.series() ?? []), ...audio.flatMap((track) => track.series())],
    snapshots: snapshots.all(),
  };
}

function skipped(id: string, media: "video" | "audio" | "clock") {
  const what = media === "video" ? "pictures" : "sound";
  return { id, status: "skipped", message: `the input has no ${what}` } as const;
}

function errorOf(cause: unknown, input: string, signal: AbortSignal): NonNullable<ScanResult["error"]> {
  if (signal.aborted) return interruption(input);
  if (cause instanceof GlasswatchError) return { code: cause.code, message: cause.message };
  throw cause;
}
