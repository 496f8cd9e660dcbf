import type { FinishReason } from "@glasswatch/core/detector";
import type { OriginFeature, ProgrammeFeatures } from "@glasswatch/core/features";
import type { Subject } from "@glasswatch/core/finding";
import type { MediaInfo } from "@glasswatch/core/media";
import { type HostReports, type HostSetup, openDetectorHost } from "./detector-host.ts";
import { type AudioTrackAnalysis, ofMedia, type VideoTrackAnalysis } from "./track-analysis.ts";

/** The detectors that watch all tracks of an input together. */
export interface ProgrammeAnalysis {
  /** A track's own detectors are done with this step. */
  push(step: OriginFeature["step"], subject: Subject): void;
  /** After all tracks: what is left of their last units is measured before. */
  finish(reason: FinishReason): void;
}

export interface ProgrammeSetup {
  readonly info: MediaInfo;
  readonly detectors: HostSetup["detectors"];
  readonly reports: HostReports;
  readonly video: VideoTrackAnalysis | null;
  readonly audio: readonly AudioTrackAnalysis[];
}

export function openProgrammeAnalysis({ info, detectors, reports, video, audio }: ProgrammeSetup): ProgrammeAnalysis {
  const origin: OriginFeature = { step: "placed", media: "video", track: 0 };
  const features: ProgrammeFeatures = {
    origin,
    clocks: { picture: video?.clock ?? null, sounds: audio.map(({ clock }) => clock) },
    picture: video?.features ?? null,
    sounds: audio.map((track) => track.features),
  };
  const host = openDetectorHost({
    detectors: ofMedia(detectors, "programme"),
    features,
    track: { video: info.video, audio: info.audio },
    subject: { media: audio.length > 0 ? "audio" : "video", track: 0 },
    reports,
  });

  return {
    push(step, { media, track }) {
      origin.step = step;
      origin.media = media;
      origin.track = track;
      host.push();
    },
    finish: host.finish,
  };
}
