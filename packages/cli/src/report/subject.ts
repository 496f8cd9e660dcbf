import { speakers } from "@glasswatch/core/channel-layout";
import type { Subject } from "@glasswatch/core/finding";
import type { MediaInfo } from "@glasswatch/core/media";

/** FFmpeg's abbreviations as people say them; the others are shown as they are. */
const speakerNames: Readonly<Record<string, string>> = {
  FL: "left",
  FR: "right",
  FC: "centre",
  LFE: "LFE",
  SL: "left surround",
  SR: "right surround",
  BL: "left rear",
  BR: "right rear",
  BC: "rear centre",
};

/**
 * What a finding is about, as people say it: `picture`, `audio track 2, right channel`. Tracks and channels count from 1
 * here. The track is named where the input has, or may have, more than one.
 */
export function subjectInWords({ media, track, channel }: Subject, info?: MediaInfo | null): string {
  if (media === "video") return track === 0 ? "picture" : `picture track ${track + 1}`;
  const alone = info?.audio.length === 1 && track === 0;
  const name = alone ? "audio" : `audio track ${track + 1}`;
  if (channel === undefined) return name;
  const audio = info?.audio.find((candidate) => candidate.track === track);
  const speaker = audio && speakers(audio.channelLayout, audio.channels)[channel];
  return speaker ? `${name}, ${speakerNames[speaker] ?? speaker} channel` : `${name}, channel ${channel + 1}`;
}
