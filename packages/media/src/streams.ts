import type { AudioRole, AudioTrack, VideoTrack } from "@glasswatch/core/media";
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_DISPOSITION_CLEAN_EFFECTS,
  AV_DISPOSITION_COMMENT,
  AV_DISPOSITION_DEFAULT,
  AV_DISPOSITION_DESCRIPTIONS,
  AV_DISPOSITION_HEARING_IMPAIRED,
  AV_DISPOSITION_KARAOKE,
  AV_DISPOSITION_TIMED_THUMBNAILS,
  AV_DISPOSITION_VISUAL_IMPAIRED,
  AV_PKT_DATA_ENCRYPTION_INIT_INFO,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  type AVPixelFormat,
} from "node-av/constants";
import {
  avChannelLayoutDescribe,
  avGetCodecName,
  avGetPixFmtName,
  type FormatContext,
  type Rational,
  type Stream,
} from "node-av/lib";
import { isDecodable } from "./decoder.ts";

/** The streams of a container that are analysed, and why others are not. */
export interface ChosenStreams {
  readonly video: Stream | null;
  readonly audio: readonly Stream[];
  /** Codec names of streams that FFmpeg has no decoder for. */
  readonly undecodable: readonly string[];
  readonly encrypted: boolean;
}

/** ISO/IEC 23001-7 §4.1: the sample entries of protected pictures and sound. */
const protectedSampleEntries = new Set(["encv", "enca", "drmi", "drms"]);

function isEncrypted(stream: Stream): boolean {
  const parameters = stream.codecpar;
  return (
    protectedSampleEntries.has(parameters.codecTagString ?? "") ||
    parameters.getCodedSideData(AV_PKT_DATA_ENCRYPTION_INIT_INFO) !== null ||
    (stream.metadata?.get("enc_key_id") ?? null) !== null
  );
}

/** Cover art and thumbnails are pictures of the programme, not its picture. */
function isMovingPicture(stream: Stream): boolean {
  const stillMask = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS;
  return stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO && (stream.disposition & stillMask) === 0;
}

function pictureRank(stream: Stream): number {
  const { width, height } = stream.codecpar;
  return ((stream.disposition & AV_DISPOSITION_DEFAULT) !== 0 ? 1e12 : 0) + width * height;
}

export function codecName(stream: Stream): string {
  return avGetCodecName(stream.codecpar.codecId) ?? "unknown";
}

/** Chooses the best picture and all sound, and has the demuxer skip the rest. */
export function chooseStreams(context: FormatContext): ChosenStreams {
  const { streams } = context;
  const pictures = streams.filter(isMovingPicture).sort((a, b) => pictureRank(b) - pictureRank(a));
  const sounds = streams.filter((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO);
  const candidates = [...pictures, ...sounds];
  const clear = new Set(candidates.filter((stream) => !isEncrypted(stream)));
  const decodable = new Set([...clear].filter(isDecodable));
  const video = pictures.find((stream) => decodable.has(stream)) ?? null;
  const audio = sounds.filter((stream) => decodable.has(stream));
  const chosen = new Set([video, ...audio]);
  for (const stream of streams) if (!chosen.has(stream)) stream.discard = AVDISCARD_ALL;
  return {
    video,
    audio,
    undecodable: [...clear].filter((stream) => !decodable.has(stream)).map(codecName),
    encrypted: clear.size < candidates.length,
  };
}

function toNumber({ num, den }: Rational): number {
  return num > 0 && den > 0 ? num / den : 0;
}

export function describeVideo(stream: Stream): VideoTrack {
  const { width, height, format } = stream.codecpar;
  return {
    track: 0,
    codec: codecName(stream),
    width,
    height,
    fps: toNumber(stream.avgFrameRate),
    pixelFormat: avGetPixFmtName(format as AVPixelFormat) ?? "unknown",
  };
}

const roles: readonly (readonly [disposition: number, role: AudioRole])[] = [
  [AV_DISPOSITION_VISUAL_IMPAIRED | AV_DISPOSITION_DESCRIPTIONS, "audio-description"],
  [AV_DISPOSITION_COMMENT, "commentary"],
  [AV_DISPOSITION_HEARING_IMPAIRED, "hearing-impaired"],
  [AV_DISPOSITION_KARAOKE, "karaoke"],
  [AV_DISPOSITION_CLEAN_EFFECTS, "clean-effects"],
];

export function describeAudio(stream: Stream, track: number, playlistLanguage: string | undefined): AudioTrack {
  const { channels, sampleRate, channelLayout } = stream.codecpar;
  const language = stream.metadata?.get("language") ?? playlistLanguage;
  const role = roles.find(([disposition]) => (stream.disposition & disposition) !== 0)?.[1];
  return {
    track,
    codec: codecName(stream),
    channels,
    sampleRate,
    channelLayout: avChannelLayoutDescribe(channelLayout) ?? `${channels} channels`,
    ...(language && language !== "und" ? { language } : {}),
    ...(role && { role }),
  };
}
