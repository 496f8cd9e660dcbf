import type { AudioFeatures } from "@glasswatch/core/audio-features";
import type { FinishReason } from "@glasswatch/core/detector";
import type { ClockFeature, FeaturesByMedia, OriginFeature } from "@glasswatch/core/features";
import type { AudioTrack, MediaUnit, Picture, Sound, VideoTrack } from "@glasswatch/core/media";
import type { VideoFeatures } from "@glasswatch/core/video-features";
import { type AudioTotals, openAudioFeatures } from "@glasswatch/kernels/audio-features";
import { openVideoFeatures } from "@glasswatch/kernels/video-features";
import { type HostReports, type HostSetup, openDetectorHost } from "./detector-host.ts";
import type { SeriesLabel } from "./series-recorder.ts";

/** Takes down one measurement over time. */
export interface Recorder {
  add(timeSeconds: number, value: number): void;
}

export type OpenRecorder = (label: SeriesLabel) => Recorder;

/** One track's way from decoded units to findings. */
export interface TrackAnalysis<Unit, Features> {
  /** Overwritten in place, as is `clock`. */
  readonly features: Features;
  readonly clock: ClockFeature;
  push(unit: Unit): void;
  finish(reason: FinishReason): void;
}

export interface VideoTrackAnalysis extends TrackAnalysis<Picture, VideoFeatures> {
  /** Asked after a push: see `DetectorHost.suspects`. */
  suspects(): boolean;
}

export interface AudioTrackAnalysis extends TrackAnalysis<Sound, AudioFeatures> {
  totals(): AudioTotals;
}

export interface TrackSetup<Track> {
  readonly track: Track;
  /** The planned detectors, of every medium. */
  readonly detectors: HostSetup["detectors"];
  readonly reports: HostReports;
  /** Opens what takes down each measurement of the track. */
  readonly record: OpenRecorder;
  /** Called when the track's own detectors are done with a step: see `OriginFeature`. */
  onStep(step: OriginFeature["step"], subject: HostSetup["subject"]): void;
}

export function openVideoAnalysis(setup: TrackSetup<VideoTrack>): VideoTrackAnalysis {
  const { track, detectors, reports, record, onStep } = setup;
  const subject = { media: "video", track: track.track } as const;
  const clock = openClockWatch(setup, subject);
  const { features, analyse } = openVideoFeatures();
  const host = openDetectorHost({ detectors: ofMedia(detectors, "video"), features, track, subject, reports });
  const luma = record({ name: "luma", unit: "code value", ...subject });
  const motion = record({ name: "motion", unit: "code value", ...subject });

  return {
    features,
    clock: clock.feature,
    push(picture) {
      clock.push(picture);
      analyse(picture);
      luma.add(picture.timeSeconds, features.luma.mean);
      motion.add(picture.timeSeconds, features.motion.meanDifference);
      host.push();
      onStep("measured", subject);
    },
    suspects: host.suspects,
    finish(reason) {
      clock.finish(reason);
      host.finish(reason);
    },
  };
}

export function openAudioAnalysis(setup: TrackSetup<AudioTrack>): AudioTrackAnalysis {
  const { track, detectors, reports, record, onStep } = setup;
  const subject = { media: "audio", track: track.track } as const;
  const clock = openClockWatch(setup, subject);
  const extractor = openAudioFeatures(track, onBlock);
  const { block, loudness, truePeak } = extractor.features;
  const host = openDetectorHost({
    detectors: ofMedia(detectors, "audio"),
    features: extractor.features,
    track,
    subject,
    reports,
  });
  const momentary = record({ name: "loudness-momentary", unit: "LUFS", ...subject });
  const shortTerm = record({ name: "loudness-short-term", unit: "LUFS", ...subject });
  const peak = record({ name: "true-peak", unit: "dBTP", ...subject });

  function onBlock(): void {
    momentary.add(block.timeSeconds, loudness.momentaryLufs);
    shortTerm.add(block.timeSeconds, loudness.shortTermLufs);
    peak.add(block.timeSeconds, 20 * Math.log10(largest(truePeak.truePeak)));
    host.push();
    onStep("measured", subject);
  }

  return {
    features: extractor.features,
    clock: clock.feature,
    push(sound) {
      clock.push(sound);
      extractor.push(sound);
    },
    finish(reason) {
      extractor.flush();
      clock.finish(reason);
      host.finish(reason);
    },
    totals: extractor.totals,
  };
}

/** The detectors of clocks see every unit of a track before anything is measured on it. */
function openClockWatch(
  { track, detectors, reports, onStep }: TrackSetup<VideoTrack | AudioTrack>,
  subject: HostSetup["subject"],
) {
  const clock: ClockFeature = { timeSeconds: 0, durationSeconds: 0, clockStepSeconds: 0, declaredDiscontinuity: false };
  const host = openDetectorHost({
    detectors: ofMedia(detectors, "clock"),
    features: { clock },
    track,
    subject,
    reports,
  });
  return {
    feature: clock,
    push(unit: MediaUnit) {
      clock.timeSeconds = unit.timeSeconds;
      clock.durationSeconds = unit.durationSeconds;
      clock.clockStepSeconds = unit.clockStepSeconds;
      clock.declaredDiscontinuity = unit.declaredDiscontinuity;
      host.push();
      onStep("placed", subject);
    },
    finish: host.finish,
  };
}

export function ofMedia(detectors: HostSetup["detectors"], media: keyof FeaturesByMedia): HostSetup["detectors"] {
  return detectors.filter(({ detector }) => detector.media === media);
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i] as number);
  return most;
}
