import { AV_PKT_FLAG_KEY } from "node-av/constants";
import { Packet, type Stream } from "node-av/lib";
import { type Demuxer, openLocalDemuxer } from "../demuxer.ts";
import { openFailureError } from "../open-errors.ts";

/** A picture as it is coded, in the order of decoding. Times are ticks of its container; null where it has none. */
export interface CodedPicture {
  readonly presentedAt: number | null;
  readonly decodedAt: number | null;
  readonly durationTicks: number;
  readonly isKey: boolean;
  readonly data: Uint8Array;
}

/** What all coded pictures of a stream have in common. */
export interface CodedPictures {
  readonly tickSeconds: number;
  /** The codec's configuration: `avcC`, `hvcC`, or parameter sets with start codes. Empty where there is none. */
  readonly configuration: Uint8Array;
}

/** Opens a file that was inspected before; what is wrong with it now came about meanwhile. */
export async function openForPackets(path: string): Promise<Demuxer> {
  const result = await openLocalDemuxer(path);
  if ("failure" in result) throw openFailureError(path, result.failure, { isCut: false, lacksIndex: false });
  return result.demuxer;
}

/**
 * Hands over every coded picture of a stream, and what they have in common first.
 *
 * @param index of the stream in its container
 * @param use is called with one after the other; their data live as long as the call
 * @throws GlasswatchError with exit code 3 when it cannot be read
 */
export async function readPictures(
  path: string,
  index: number,
  use: (picture: CodedPicture, common: CodedPictures) => void,
  signal?: AbortSignal,
): Promise<CodedPictures> {
  const demuxer = await openForPackets(path);
  const packet = new Packet();
  packet.alloc();
  try {
    const stream = demuxer.context.streams[index] as Stream;
    const common = {
      tickSeconds: stream.timeBase.toDouble(),
      configuration: stream.codecpar.extradata ?? new Uint8Array(),
    };
    for (let read = await demuxer.read(packet); read >= 0; read = await demuxer.read(packet)) {
      signal?.throwIfAborted();
      if (packet.streamIndex === index) use(pictureOf(packet), common);
      packet.unref();
    }
    return common;
  } finally {
    packet.free();
    await demuxer.close();
  }
}

export function pictureOf(packet: Packet): CodedPicture {
  return {
    presentedAt: ticks(packet.pts),
    decodedAt: ticks(packet.dts),
    durationTicks: Number(packet.duration),
    isKey: (packet.flags & AV_PKT_FLAG_KEY) !== 0,
    data: packet.data ?? new Uint8Array(),
  };
}

/** FFmpeg's AV_NOPTS_VALUE. */
export const noTicks = -(2n ** 63n);

function ticks(value: bigint): number | null {
  return value === noTicks ? null : Number(value);
}
