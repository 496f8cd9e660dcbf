import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import { AV_PKT_FLAG_KEY } from "node-av/constants";
import { Dictionary, FormatContext, Packet, type Stream } from "node-av/lib";
import { isCarried } from "./file-facts.ts";
import { type CodedPicture, noTicks, openForPackets, pictureOf } from "./read-pictures.ts";

export interface PictureRewriting {
  readonly inputPath: string;
  readonly outputPath: string;
  /** FFmpeg's name of the container to write. */
  readonly muxer: string;
  /** Of the pictures' stream in its container. */
  readonly index: number;
  /** The codec's configuration, where it is to be another. */
  readonly configuration?: Uint8Array;
  /** What stands in the place of a coded picture: itself, others, or nothing. Counted from 0 in the order of decoding. */
  rewrite(picture: CodedPicture, number: number): readonly CodedPicture[];
}

/**
 * Copies a file packet by packet, one stream of pictures changed. What `rewrite` returns as it was given keeps its bytes
 * and times, as do all packets of other streams.
 *
 * @throws GlasswatchError with exit code 4 when it cannot be written; also what `rewrite` throws
 */
export async function rewritePictures(request: PictureRewriting, signal?: AbortSignal): Promise<void> {
  const demuxer = await openForPackets(request.inputPath);
  const output = new FormatContext();
  const packet = new Packet();
  packet.alloc();
  try {
    const { context } = demuxer;
    check(output.allocOutputContext2(null, request.muxer, request.outputPath), request);
    const targets = context.streams.map((stream) => (isCarried(stream) ? addStream(output, stream, request) : null));
    output.metadata = context.metadata;
    check(await output.openOutput(), request);
    check(await output.writeHeader(muxerOptions(request.muxer)), request);
    let number = 0;
    for (let read = await demuxer.read(packet); read >= 0; read = await demuxer.read(packet)) {
      signal?.throwIfAborted();
      const source = context.streams[packet.streamIndex] as Stream;
      const target = targets[packet.streamIndex];
      if (!target) packet.unref();
      else if (packet.streamIndex !== request.index) check(await write(output, packet, source, target), request);
      else {
        const picture = pictureOf(packet);
        for (const each of request.rewrite(picture, number)) {
          if (each !== picture) await writeAnew(output, each, { source, target }, request);
          else check(await write(output, packet, source, target), request);
        }
        packet.unref();
        number++;
      }
    }
    check(await output.writeTrailer(), request);
  } finally {
    packet.free();
    await output.closeOutput();
    output.freeContext();
    await demuxer.close();
  }
}

/** Players that fetch a file want its index before its media. */
function muxerOptions(muxer: string): Dictionary | null {
  return isoMuxers.has(muxer) ? Dictionary.fromObject({ movflags: "faststart" }) : null;
}

/** FFmpeg's muxers of ISO/IEC 14496-12. */
export const isoMuxers: ReadonlySet<string> = new Set(["mp4", "mov", "ipod", "3gp"]);

function addStream(output: FormatContext, source: Stream, request: PictureRewriting): Stream {
  const target = output.newStream(null);
  source.codecpar.copy(target.codecpar);
  // What MP4 calls a codec says more than which it is (`avc1`, `avc3`); elsewhere it is for the muxer to choose.
  if (!isoMuxers.has(request.muxer)) target.codecpar.codecTag = 0;
  if (source.index === request.index && request.configuration) {
    target.codecpar.extradata = Buffer.from(request.configuration);
  }
  target.timeBase = source.timeBase;
  target.avgFrameRate = source.avgFrameRate;
  target.sampleAspectRatio = source.sampleAspectRatio;
  target.disposition = source.disposition;
  target.metadata = source.metadata;
  return target;
}

function write(output: FormatContext, packet: Packet, source: Stream, target: Stream): Promise<number> {
  packet.rescaleTs(source.timeBase, target.timeBase);
  packet.streamIndex = target.index;
  packet.pos = -1n;
  return output.interleavedWriteFrame(packet);
}

async function writeAnew(
  output: FormatContext,
  picture: CodedPicture,
  { source, target }: { readonly source: Stream; readonly target: Stream },
  request: PictureRewriting,
): Promise<void> {
  const packet = new Packet();
  packet.alloc();
  try {
    packet.data = Buffer.from(picture.data);
    packet.pts = picture.presentedAt === null ? noTicks : BigInt(picture.presentedAt);
    packet.dts = picture.decodedAt === null ? noTicks : BigInt(picture.decodedAt);
    packet.duration = BigInt(picture.durationTicks);
    packet.flags = picture.isKey ? AV_PKT_FLAG_KEY : (0 as Packet["flags"]);
    check(await write(output, packet, source, target), request);
  } finally {
    packet.free();
  }
}

function check(code: number, { outputPath, muxer }: PictureRewriting): void {
  if (code >= 0) return;
  throw new GlasswatchError(
    "output-failed",
    `${outputPath}: cannot be written as ${muxer} (FFmpeg's error ${code}); is the disk full?`,
    ExitCode.fault,
  );
}
