import type { AudioTrack, MediaInfo, ScanOrder, VideoTrack } from "@glasswatch/core/media";
import { AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_DATA, AVMEDIA_TYPE_SUBTITLE, AVMEDIA_TYPE_VIDEO } from "node-av/constants";
import type { CodecParameters, FormatContext, Stream } from "node-av/lib";
import { commonStart } from "../common-start.ts";
import type { GroupReader } from "../group-reader.ts";
import { describeGroups } from "../media-info.ts";
import { openLocalGroup } from "../open-local.ts";

/** What there is to know of a track in order to write it anew. */
interface StreamFacts {
  /** Of the stream in its container, as `-map 0:INDEX` of the ffmpeg program has it. */
  readonly index: number;
  /** When it is first shown, in seconds from the earliest of all tracks. */
  readonly startSeconds: number;
  /** As the container states it; 0 where it does not. */
  readonly bitRate: number;
  /** FFmpeg's flags of what the track is for. */
  readonly disposition: number;
}

export interface PictureFacts extends StreamFacts, VideoTrack {
  /** FFmpeg's number, which is that of the codec's standard: `profile_idc`, `general_profile_idc`. */
  readonly profile: number;
  readonly level: number;
  /** The sample entry of MP4, e.g. `avc1`; empty elsewhere. */
  readonly tag: string;
  /** FFmpeg's numbers (ITU-T H.273) as the container or the bitstream states them. */
  readonly colour: {
    readonly range: number;
    readonly primaries: number;
    readonly transfer: number;
    readonly matrix: number;
  };
  /** Of the first picture. */
  readonly scanOrder: ScanOrder;
  /** Width over height of one pixel. */
  readonly pixelAspectRatio: { readonly num: number; readonly den: number };
}

export interface SoundFacts extends StreamFacts, AudioTrack {}

/** A local file as it has to be known to be written anew. */
export interface FileFacts {
  /** Absolute. */
  readonly path: string;
  readonly info: MediaInfo;
  /** FFmpeg's name, fit for `-f`. */
  readonly demuxer: string;
  /** Where time 0 of findings lies: on the container's clock, and on that of the ffmpeg program, which begins with its first packet. */
  readonly origin: { readonly containerSeconds: number; readonly programSeconds: number };
  readonly picture: PictureFacts | null;
  readonly sounds: readonly SoundFacts[];
  /** Streams that are neither pictures, sound nor subtitles: they are not carried over. */
  readonly otherStreams: number;
}

/**
 * Looks at a local file.
 *
 * @throws GlasswatchError with exit code 3 when it cannot be read
 */
export async function inspectFile(path: string): Promise<FileFacts> {
  const { group, clock } = await openLocalGroup(path);
  try {
    const { context } = group.demuxer;
    const origin = commonStart(group.firsts).originSeconds;
    const info = describeGroups([{ group }], false);
    const startOf = (media: "video" | "audio", track: number): number => {
      const first = group.firsts.find((start) => start.track.media === media && start.track.track === track);
      return (first?.seconds ?? origin) - origin;
    };
    const { video, audio } = group.streams;
    clock.start(origin, origin);
    const picture = video && info.video ? pictureFacts(video, info.video, startOf("video", 0)) : null;
    return {
      path,
      info,
      demuxer: info.container.split(",")[0] ?? "",
      origin: { containerSeconds: origin, programSeconds: origin - containerStartSeconds(context) },
      picture: picture && { ...picture, scanOrder: await firstScanOrder(group) },
      sounds: audio.map((stream, track) => ({
        ...(info.audio[track] as AudioTrack),
        ...streamFacts(stream, startOf("audio", track)),
      })),
      otherStreams: context.streams.filter((stream) => !isCarried(stream)).length,
    };
  } finally {
    await group.close();
  }
}

/** Whether repaired files hold a stream: data streams are known to few muxers, and MP4's time code track is made anew. */
export function isCarried({ codecpar }: Stream): boolean {
  return codecpar.codecType !== AVMEDIA_TYPE_DATA && carried.includes(codecpar.codecType);
}

const carried: readonly number[] = [AVMEDIA_TYPE_VIDEO, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_SUBTITLE];

/** FFmpeg's AV_NOPTS_VALUE is the least of all numbers. */
function containerStartSeconds({ startTime }: FormatContext): number {
  return startTime > -(2n ** 62n) ? Number(startTime) / 1e6 : 0;
}

function streamFacts(stream: Stream, startSeconds: number): StreamFacts {
  const { index, disposition, codecpar } = stream;
  return { index, startSeconds, bitRate: Number(codecpar.bitRate), disposition };
}

async function firstScanOrder(group: GroupReader): Promise<ScanOrder> {
  for (let unit = await group.next(); unit !== null; unit = await group.next()) {
    if (unit.kind === "picture") return unit.scanOrder;
  }
  return "progressive";
}

function pictureFacts(stream: Stream, track: VideoTrack, startSeconds: number): Omit<PictureFacts, "scanOrder"> {
  const { codecpar } = stream;
  const { num, den } = codecpar.sampleAspectRatio;
  return {
    ...track,
    ...streamFacts(stream, startSeconds),
    profile: codecpar.profile,
    level: codecpar.level,
    tag: codecpar.codecTagString ?? "",
    colour: colourOf(codecpar),
    pixelAspectRatio: num > 0 && den > 0 ? { num, den } : { num: 1, den: 1 },
  };
}

function colourOf({ colorRange, colorPrimaries, colorTrc, colorSpace }: CodecParameters): PictureFacts["colour"] {
  return { range: colorRange, primaries: colorPrimaries, transfer: colorTrc, matrix: colorSpace };
}
