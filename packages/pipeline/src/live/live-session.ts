import type { Finding } from "@glasswatch/core/finding";
import type { Clip, MediaReader, MediaUnit } from "@glasswatch/core/media";
import { openClips } from "../clips.ts";
import { openMediaAnalysis } from "../media-analysis.ts";
import type { FindingSnapshots } from "../scan-types.ts";
import { openSnapshots } from "../snapshots.ts";
import { openTierControl } from "../tier-control.ts";
import { openLagMeter } from "./lag-meter.ts";
import { type LevelRecorder, openLevelRecorder } from "./level-recorder.ts";
import type { LiveReport, LiveRequest } from "./live-types.ts";
import { openWaitMeter } from "./wait-meter.ts";

export interface LiveSessionEffects {
  readonly signal: AbortSignal;
  /** Seconds of a monotonic clock. */
  now(): number;
  /** Processor seconds that the process has used. */
  cpuSeconds(): number;
  /** @param pictures with the first telling of a finding, where they were asked for */
  onFinding(finding: Finding, pictures?: FindingSnapshots): void;
  /** Some seconds after a finding was told first; not for every one. */
  onClip?(findingId: string, clip: Clip): void;
  onErrored(detectorId: string, message: string): void;
  onSkipped(skip: { readonly lagSeconds: number; readonly skippedSeconds: number }): void;
}

/** One live stream under analysis, from its reader to its findings. */
export interface LiveSession {
  /**
   * Watches to the end of the source. What is open then stays open where the source was lost: it may still be there when
   * the source is back.
   *
   * @throws GlasswatchError when the source is lost, or the signal aborted
   */
  run(): Promise<void>;
  /** See `TierControl.impose`; takes effect before the next unit. */
  impose(limit: "light" | null): void;
  /** Goes on where the source is; without effect where the analysis is there already. */
  skip(): void;
  /** How it fared since the last report. */
  report(withLevels: boolean): LiveReport;
}

/** How often the loop lets messages in and out while units come without a wait. */
const breatheSeconds = 0.1;

/** A source that sends nothing for so long has stalled. */
const stallSeconds = 5;

/** In light, pictures alone come as seldom as key pictures do. */
const stallSecondsBetweenKeyPictures = 30;

/** Less than this is not worth leaving out. */
const leastSkipSeconds = 0.5;

export function openLiveSession(reader: MediaReader, request: LiveRequest, effects: LiveSessionEffects): LiveSession {
  const { info } = reader;
  const waits = openWaitMeter();
  const lag = openLagMeter();
  const levels: LevelRecorder[] = [];
  const openFindings = new Set<string>();
  const snapshots = request.illustrate ? openSnapshots() : undefined;
  const onClip = (findingId: string, clip: Clip) => effects.onClip?.(findingId, clip);
  const clips = request.illustrate ? openClips({ cut: reader.cutClip, onClip }) : undefined;
  const analysis = openMediaAnalysis({
    info,
    request,
    record(label) {
      const recorder = openLevelRecorder(label);
      levels.push(recorder);
      return recorder;
    },
    onFinding(finding) {
      const pictures = openFindings.has(finding.id) ? undefined : picturesOf(finding);
      if (finding.endSeconds === null) openFindings.add(finding.id);
      else openFindings.delete(finding.id);
      effects.onFinding(finding, pictures);
      clips?.note(finding);
    },
    onErrored: ({ id, message = "" }) => effects.onErrored(id, message),
  });
  const control = openTierControl({
    wanted: request.tier,
    startSeconds: 0,
    onChange: ({ tier }) => reader.setTier(tier),
  });
  let limit: "light" | undefined;
  let skipAsked = false;
  let positionSeconds = 0;
  let worstLagSeconds = 0;
  let skippedSeconds = 0;
  /** Of what was to be left out, what the source has not come past yet. */
  let skippingSeconds = 0;
  let mediaSeconds = 0;
  let reported = { nowSeconds: effects.now(), cpuSeconds: effects.cpuSeconds() };

  function picturesOf(finding: Finding): FindingSnapshots | undefined {
    snapshots?.note(finding);
    return snapshots?.take(finding.id);
  }

  function skipAhead(): void {
    skipAsked = false;
    const { lagSeconds } = lag;
    if (lagSeconds < leastSkipSeconds) return;
    reader.skipTo(positionSeconds + lagSeconds);
    skippedSeconds += lagSeconds;
    skippingSeconds += lagSeconds;
    effects.onSkipped({ lagSeconds, skippedSeconds: lagSeconds });
  }

  function push(unit: MediaUnit, waitedSeconds: number): void {
    if (unit.kind === "picture") snapshots?.show(unit);
    analysis.push(unit);
    // Its planes are the decoder's again.
    snapshots?.hide();
    if (unit.kind === "picture") control.watch(unit.timeSeconds, control.heedsSuspicion && analysis.suspects());
    const advanceSeconds = Math.max(0, unit.timeSeconds + unit.durationSeconds - positionSeconds);
    positionSeconds += advanceSeconds;
    mediaSeconds += Math.max(0, advanceSeconds - skippingSeconds);
    skippingSeconds = Math.max(0, skippingSeconds - advanceSeconds);
    clips?.advance(positionSeconds);
    // What has an end is read as fast as it goes, and has no edge to fall behind.
    if (!info.live) return;
    lag.advance(effects.now(), positionSeconds, waitedSeconds);
    worstLagSeconds = Math.max(worstLagSeconds, lag.lagSeconds);
  }

  async function pull(): Promise<MediaUnit | null> {
    let breathedAt = effects.now();
    for (;;) {
      if (skipAsked) skipAhead();
      control.impose(limit);
      const coming = reader.next();
      let waitedSeconds = 0;
      let unit: MediaUnit | null;
      if (coming instanceof Promise) {
        waits.begin();
        try {
          unit = await coming;
        } finally {
          waitedSeconds = waits.end();
        }
      } else unit = coming;
      if (!unit) return null;
      push(unit, waitedSeconds);
      if (effects.now() - breathedAt < breatheSeconds) continue;
      await new Promise((resolve) => setImmediate(resolve));
      effects.signal.throwIfAborted();
      breathedAt = effects.now();
    }
  }

  return {
    async run() {
      try {
        await pull();
        analysis.finish("end");
      } catch (error) {
        analysis.finish("hand-over");
        throw error;
      } finally {
        waits.close();
        clips?.finish();
      }
    },
    impose(next) {
      limit = next ?? undefined;
    },
    skip() {
      skipAsked = true;
    },
    report(withLevels) {
      const now = { nowSeconds: effects.now(), cpuSeconds: effects.cpuSeconds() };
      const isSparse = control.tier === "light" && info.audio.length === 0;
      const report: LiveReport = {
        positionSeconds,
        tier: control.tier,
        lagSeconds: worstLagSeconds,
        waitedSeconds: waits.waitedSeconds,
        stallSeconds: isSparse ? stallSecondsBetweenKeyPictures : stallSeconds,
        suspicious: openFindings.size > 0 || analysis.suspects(),
        cpuSeconds: now.cpuSeconds - reported.cpuSeconds,
        mediaSeconds,
        wallSeconds: now.nowSeconds - reported.nowSeconds,
        skippedSeconds,
        ...(withLevels && { levels: levels.map((level) => level.take()).filter((level) => level !== undefined) }),
      };
      reported = now;
      worstLagSeconds = 0;
      skippedSeconds = 0;
      mediaSeconds = 0;
      return report;
    },
  };
}
