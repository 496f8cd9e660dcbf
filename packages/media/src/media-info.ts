import type { AudioTrack, MediaInfo, VideoTrack } from "@glasswatch/core/media";
import type { GroupReader } from "./group-reader.ts";
import { describeAudio, describeVideo } from "./streams.ts";

export interface DescribedGroup {
  readonly group: GroupReader;
  /** As a playlist states them. */
  readonly durationSeconds?: number | null;
  readonly language?: string | undefined;
}

/** FFmpeg's AV_NOPTS_VALUE and the like are below 0. */
function containerDurationSeconds(group: GroupReader): number | null {
  const { duration } = group.demuxer.context;
  return duration > 0n ? Number(duration) / 1e6 : null;
}

/** What an input of one or more groups holds; the first has the picture, if any has. */
export function describeGroups(described: readonly DescribedGroup[], live: boolean): MediaInfo {
  const [first] = described;
  let video: VideoTrack | null = null;
  const audio: AudioTrack[] = [];
  for (const { group, language } of described) {
    if (group.streams.video && group.tracks.some((track) => track.media === "video")) {
      video ??= describeVideo(group.streams.video);
    }
    for (const stream of group.streams.audio) audio.push(describeAudio(stream, audio.length, language));
  }
  return {
    container: first?.group.demuxer.context.iformat?.name ?? "unknown",
    durationSeconds: first?.durationSeconds ?? (first ? containerDurationSeconds(first.group) : null),
    live,
    video,
    audio,
  };
}
