import type { Clip } from "@glasswatch/core/media";
import {
  AV_CODEC_ID_AAC,
  AV_CODEC_ID_AAC_LATM,
  AV_CODEC_ID_AC3,
  AV_CODEC_ID_CAVS,
  AV_CODEC_ID_DTS,
  AV_CODEC_ID_EAC3,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_MP2,
  AV_CODEC_ID_MP3,
  AV_CODEC_ID_MPEG1VIDEO,
  AV_CODEC_ID_MPEG2VIDEO,
  AV_CODEC_ID_MPEG4,
  AV_CODEC_ID_OPUS,
  AV_CODEC_ID_S302M,
  AV_CODEC_ID_VC1,
  type AVCodecID,
  AVSEEK_CUR,
  AVSEEK_END,
  AVSEEK_SIZE,
} from "node-av/constants";
import { Dictionary, FormatContext, IOContext, type Stream } from "node-av/lib";
import { copyOf } from "../kept-packets.ts";
import type { ClipPacket, ClipPackets } from "./choose-packets.ts";
import type { KeptStream } from "./kept-stream.ts";

const ioBufferBytes = 64 * 1024;

/** More than what an index entry takes in ISO/IEC 14496-12 §8.6 and §8.7: times, size, chunk. */
const indexBytesPerPacket = 48;
const indexBytes = 16 * 1024;

/** FFmpeg writes others to a transport stream as private data, of which no player makes anything. */
const transportCodecs: ReadonlySet<AVCodecID> = new Set([
  ...[AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4],
  ...[AV_CODEC_ID_VC1, AV_CODEC_ID_CAVS, AV_CODEC_ID_AAC, AV_CODEC_ID_AAC_LATM, AV_CODEC_ID_MP2, AV_CODEC_ID_MP3],
  ...[AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3, AV_CODEC_ID_DTS, AV_CODEC_ID_OPUS, AV_CODEC_ID_S302M],
]);

interface Container {
  readonly muxer: "mp4" | "mpegts";
  takes(codec: AVCodecID): boolean;
  contentType(hasVideo: boolean): string;
  options(packets: number): Readonly<Record<string, string | number>>;
}

/** In the order of preference: browsers play the first, other players take codecs in the second that the first does not hold. */
const containers: readonly Container[] = [
  {
    muxer: "mp4",
    // The muxer itself refuses what it does not hold.
    takes: () => true,
    contentType: (hasVideo) => (hasVideo ? "video/mp4" : "audio/mp4"),
    // The index in front lets a player begin before it has all of the file.
    options: (packets) => ({ moov_size: indexBytes + packets * indexBytesPerPacket }),
  },
  {
    muxer: "mpegts",
    takes: (codec) => transportCodecs.has(codec),
    contentType: () => "video/mp2t",
    options: () => ({}),
  },
];

/** Puts packets as they are into a container. @returns null where no container takes them */
export function writeClip(clip: ClipPackets): Clip | null {
  for (const container of containers) {
    if (!clip.streams.every(({ parameters }) => container.takes(parameters.codecId))) continue;
    const bytes = mux(clip, container);
    const hasVideo = clip.streams.some(({ media }) => media === "video");
    if (bytes) return { bytes, contentType: container.contentType(hasVideo) };
  }
  return null;
}

function mux({ streams, packets }: ClipPackets, { muxer, options }: Container): Uint8Array | null {
  const context = new FormatContext();
  if (context.allocOutputContext2(null, muxer, null) < 0) return null;
  const target = memoryIo(packets.reduce((sum, { kept }) => sum + kept.bytes, 2 * ioBufferBytes));
  try {
    context.pb = target.io;
    const outputs = new Map(streams.map((stream) => [stream, addStream(context, stream)]));
    if (context.writeHeaderSync(Dictionary.fromObject(options(packets.length))) < 0) return null;
    for (const packet of packets) {
      const output = outputs.get(packet.kept.stream);
      if (output && write(context, packet, output) < 0) return null;
    }
    if (context.writeTrailerSync() < 0) return null;
    target.io.flushSync();
    return target.bytes();
  } finally {
    // Each frees what it owns, and node-av takes this to be owned by both.
    context.pb = null;
    context.freeContext();
    target.io.freeContext();
  }
}

function addStream(context: FormatContext, { parameters, timeBase, frameRate }: KeptStream): Stream {
  const output = context.newStream(null);
  parameters.copy(output.codecpar);
  // The tag of one kind of container means nothing in another.
  output.codecpar.codecTag = 0;
  output.timeBase = timeBase;
  output.avgFrameRate = frameRate;
  return output;
}

function write(context: FormatContext, { kept, ticks, decodeTicks }: ClipPacket, output: Stream): number {
  const packet = copyOf(kept.packet);
  try {
    packet.streamIndex = output.index;
    packet.pts = BigInt(ticks);
    packet.dts = BigInt(decodeTicks);
    packet.rescaleTs(kept.stream.timeBase, output.timeBase);
    return context.interleavedWriteFrameSync(packet);
  } finally {
    packet.free();
  }
}

/** A file in memory. @param expectedBytes what it will take, about */
function memoryIo(expectedBytes: number) {
  let memory = Buffer.allocUnsafeSlow(expectedBytes);
  let length = 0;
  let position = 0;

  function write(chunk: Buffer): number {
    const end = position + chunk.length;
    if (end > memory.length) {
      const larger = Buffer.allocUnsafeSlow(2 * end);
      memory.copy(larger, 0, 0, length);
      memory = larger;
    }
    chunk.copy(memory, position);
    position = end;
    length = Math.max(length, end);
    return chunk.length;
  }

  function seek(offset: bigint, whence: number): number {
    if (whence === AVSEEK_SIZE) return length;
    const from = whence === AVSEEK_CUR ? position : whence === AVSEEK_END ? length : 0;
    position = from + Number(offset);
    return position;
  }

  const io = new IOContext();
  io.allocContextWithCallbacks(ioBufferBytes, 1, null, write, seek);
  return { io, bytes: () => memory.subarray(0, length) };
}
