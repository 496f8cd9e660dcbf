import type { Finding } from "@glasswatch/core/finding";
import type { MediaInfo } from "@glasswatch/core/media";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { Analysis } from "./analyse.ts";
import { interruption } from "./interruption.ts";
import type { ScanEffects, ScanOutcome, ScanRequest } from "./scan-types.ts";
import { superviseScan } from "./supervisor.ts";

/**
 * Scans one input in a process of its own. An input that is bad, cut short or deadly to the decoder is an outcome with
 * `result.error`, holding what was found before.
 *
 * @throws Error only for a fault of Glasswatch itself
 */
export async function scan(request: ScanRequest, effects: ScanEffects = {}): Promise<ScanOutcome> {
  if (effects.signal?.aborted) return outcome(request, null, [], { error: interruption(request.input) });

  const findings = new Map<string, Finding>();
  let media: MediaInfo | null = null;
  let positionSeconds = request.fromSeconds ?? 0;

  const ending = await superviseScan(request, effects.signal, (message) => {
    if (message.type === "opened") media = message.media;
    if (message.type === "progress") {
      positionSeconds = message.progress.positionSeconds;
      effects.onProgress?.({ ...message.progress, findings: findings.size });
    }
    if (message.type === "finding") {
      findings.set(message.finding.id, message.finding);
      effects.onFinding?.(message.finding);
    }
    if (message.type === "clip") effects.onClip?.(message.findingId, message.clip);
  });
  const analysedSeconds = positionSeconds - (request.fromSeconds ?? 0);
  const end =
    "analysis" in ending ? ending.analysis : { error: ending.error, durationSeconds: media && analysedSeconds };
  return outcome(request, media, [...findings.values()], end);
}

type End = Partial<Omit<Analysis, "durationSeconds">> & { readonly durationSeconds?: number | null };

function outcome(request: ScanRequest, media: MediaInfo | null, findings: readonly Finding[], end: End): ScanOutcome {
  return {
    result: {
      input: request.input,
      durationSeconds: end.durationSeconds === undefined ? null : rounded(end.durationSeconds),
      complete: end.error === null,
      error: end.error ?? null,
      video: media?.video ? describeVideo(media.video) : null,
      audio: (media?.audio ?? []).map(({ track, codec, channels, sampleRate }, i) => ({
        track,
        codec,
        channels,
        sampleRate,
        integratedLufs: rounded(end.audio?.[i]?.integratedLufs ?? null, 1),
        truePeakDbtp: rounded(end.audio?.[i]?.truePeakDbtp ?? null, 1),
      })),
      ...(end.coverage && { coverage: end.coverage }),
      detectors: [...(end.detectors ?? request.detectors.map(({ id }) => unfinished(id)))],
      findings: findings.toSorted((a, b) => a.startSeconds - b.startSeconds),
    },
    media,
    series: end.series ?? [],
    snapshots: end.snapshots ?? [],
    lightSpans: end.lightSpans ?? [],
    ...(end.calibration && { calibration: end.calibration }),
  };
}

function describeVideo({ codec, width, height, fps }: NonNullable<MediaInfo["video"]>): ScanResult["video"] {
  return { codec, width, height, fps: Math.round(fps * 1000) / 1000 };
}

function unfinished(id: string) {
  return { id, status: "skipped", message: "the scan did not get to its end" } as const;
}

function rounded(value: number | null, digits = 3): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
