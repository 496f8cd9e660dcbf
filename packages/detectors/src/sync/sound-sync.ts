import type { AudioFeatures } from "@glasswatch/core/audio-features";
import type { Detection, Detections, FinishReason } from "@glasswatch/core/detector";
import type { ClockFeature } from "@glasswatch/core/features";
import { openBeepWatch } from "./beep-watch.ts";
import { type ClockShift, openClockShift } from "./clock-shift.ts";
import { openClocksApart } from "./clocks-apart.ts";
import type { Evidence } from "./evidence.ts";
import { openFlashAndBeep } from "./flash-and-beep.ts";
import { type OffsetLimits, offsetMeasurements, severityOfOffset } from "./offset-limits.ts";
import type { PulseTrain } from "./pulse-train.ts";
import { openSampleDrift } from "./sample-drift.ts";

export interface SoundSyncSetup {
  readonly track: number;
  readonly limits: OffsetLimits;
  readonly flashes: PulseTrain;
  readonly pictureClock: ClockShift;
}

/** One sound track held against the pictures. */
export interface SoundSync {
  /** A unit of it came in. */
  place(clock: ClockFeature): Detections;
  /** 10 ms of it were measured. */
  measure(features: Pick<AudioFeatures, "block" | "level" | "samples">): Detections;
  /** The picture's flashes changed; a picture lasts so long. */
  flashed(pictureSeconds: number): Detections;
  finish(reason: FinishReason): Detections;
}

export function openSoundSync({ track, limits, flashes, pictureClock }: SoundSyncSetup): SoundSync {
  const beepWatch = openBeepWatch();
  const soundClock = openClockShift();
  const flashAndBeep = openFlashAndBeep(flashes, beepWatch.beeps);
  const drift = openSampleDrift();
  const clocks = openClocksApart(pictureClock, soundClock);
  /** What proves more comes first. */
  const evidences: readonly Evidence[] = [flashAndBeep, drift, clocks];
  let proof: Evidence | undefined;
  let startSeconds = 0;
  let endSeconds = 0;
  let offsetSeconds = 0;
  let severity: Detection["severity"] = "major";
  let pictureSeconds = 0;

  function tell(state: Detection["state"], by: Evidence): Detections {
    return [
      {
        state,
        subject: { media: "audio", track },
        startSeconds,
        endSeconds: state === "closed" ? endSeconds : null,
        severity,
        confidence: by.confidence,
        measurements: [...offsetMeasurements(offsetSeconds, limits), ...by.describe()],
      },
    ];
  }

  function outside(evidence: Evidence): Detection["severity"] | undefined {
    return evidence.offsetSeconds === undefined ? undefined : severityOfOffset(evidence.offsetSeconds, limits);
  }

  function close(): Detections {
    if (!proof) return undefined;
    const closed = tell("closed", proof);
    proof = undefined;
    return closed;
  }

  function judge(): Detections {
    const by = proof ?? evidences.find(outside);
    const now = by && outside(by);
    if (!by || !now) return close();
    const isNew = proof === undefined;
    const isWorse = now !== severity;
    if (isNew) startSeconds = by.startSeconds;
    proof = by;
    endSeconds = by.endSeconds;
    offsetSeconds = by.offsetSeconds as number;
    severity = now;
    if (isNew) return tell("opened", by);
    return isWorse ? tell("updated", by) : undefined;
  }

  return {
    place(clock) {
      drift.place(clock);
      soundClock.place(clock);
      clocks.measure();
      flashAndBeep.advance(Math.min(pictureClock.endSeconds, soundClock.endSeconds));
      return judge();
    },
    measure(features) {
      drift.add(features.block);
      if (!beepWatch.push(features)) return undefined;
      flashAndBeep.measure(pictureSeconds);
      return judge();
    },
    flashed(seconds) {
      pictureSeconds = seconds;
      flashAndBeep.measure(pictureSeconds);
      return judge();
    },
    finish: (reason) => (reason === "end" ? close() : undefined),
  };
}
