import { GlasswatchError } from "@glasswatch/core/errors";
import type { Finding } from "@glasswatch/core/finding";
import type { Clip, MediaInfo, MediaReader, MediaUnit } from "@glasswatch/core/media";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { Series } from "@glasswatch/core/series";
import { openMedia } from "@glasswatch/media/open";
import type { CalibrationValues } from "./calibration-meters.ts";
import { openClips } from "./clips.ts";
import { openCoverageMeter, type TimeSpan } from "./coverage.ts";
import { interruption } from "./interruption.ts";
import { openMediaAnalysis } from "./media-analysis.ts";
import type { FindingSnapshots, ScanProgress, ScanRequest } from "./scan-types.ts";
import { openSeriesRecorder, type SeriesRecorder } from "./series-recorder.ts";
import { openSnapshots } from "./snapshots.ts";
import { openTierControl } from "./tier-control.ts";

/** What is known when the analysis is over, however it ended. */
export interface Analysis {
  readonly error: ScanResult["error"];
  readonly durationSeconds: number;
  readonly audio: readonly Pick<ScanResult["audio"][number], "integratedLufs" | "truePeakDbtp">[];
  readonly coverage: ScanResult["coverage"];
  readonly lightSpans: readonly TimeSpan[];
  readonly detectors: ScanResult["detectors"];
  readonly series: readonly Series[];
  readonly snapshots: readonly FindingSnapshots[];
  readonly calibration: readonly CalibrationValues[];
}

export interface AnalysisEffects {
  readonly signal: AbortSignal;
  onOpened(media: MediaInfo): void;
  onProgress(progress: Omit<ScanProgress, "findings">): void;
  onFinding(finding: Finding): void;
  /** Where the request asks for clips. */
  onClip?(findingId: string, clip: Clip): void;
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
    keepsRecent: request.withClips ?? false,
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
  const snapshots = openSnapshots();
  const onClip = (findingId: string, clip: Clip) => effects.onClip?.(findingId, clip);
  const clips = request.withClips ? openClips({ cut: reader.cutClip, onClip }) : undefined;
  const recorders: SeriesRecorder[] = [];
  const analysis = openMediaAnalysis({
    info,
    request,
    record(label) {
      const recorder = openSeriesRecorder(label);
      recorders.push(recorder);
      return recorder;
    },
    onFinding(finding) {
      snapshots.note(finding);
      effects.onFinding(finding);
      clips?.note(finding);
    },
  });
  const startSeconds = request.fromSeconds ?? 0;
  let positionSeconds = startSeconds;
  const coverage = openCoverageMeter();
  const control = openTierControl({
    wanted: request.tier,
    startSeconds,
    onChange: ({ tier }) => reader.setTier(tier),
  });

  function push(unit: MediaUnit): void {
    if (unit.kind === "picture") {
      snapshots.show(unit);
      analysis.push(unit);
      control.watch(unit.timeSeconds, control.heedsSuspicion && analysis.suspects());
      coverage.add(unit, control.tier);
      snapshots.hide();
    } else {
      analysis.push(unit);
    }
    positionSeconds = Math.max(positionSeconds, unit.timeSeconds + unit.durationSeconds);
    clips?.advance(positionSeconds);
  }

  let error: ScanResult["error"] = null;
  try {
    let breathedAtMs = performance.now();
    for (;;) {
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

  analysis.finish("end");
  clips?.finish();
  return {
    error,
    durationSeconds: positionSeconds - startSeconds,
    audio: analysis.totals(),
    coverage: coverage.total(positionSeconds),
    lightSpans: coverage.lightSpans(),
    detectors: [...analysis.statuses()],
    series: recorders.map((recorder) => recorder.toSeries()),
    snapshots: snapshots.all(),
    calibration: analysis.calibration(),
  };
}

function errorOf(cause: unknown, input: string, signal: AbortSignal): NonNullable<ScanResult["error"]> {
  if (signal.aborted) return interruption(input);
  if (cause instanceof GlasswatchError) return { code: cause.code, message: cause.message };
  throw cause;
}
