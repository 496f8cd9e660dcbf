import { AVERROR_EIO, AVERROR_EOF, AVSEEK_CUR, AVSEEK_END, AVSEEK_SIZE } from "node-av/constants";
import { Dictionary, FormatContext, InputFormat, IOContext, type Packet } from "node-av/lib";
import type { ByteSource, SourcePeriod } from "./byte-source.ts";
import { containerFormats } from "./container-formats.ts";
import { type FfmpegLog, listenToFfmpeg } from "./ffmpeg-log.ts";
import { statedFormat } from "./stated-format.ts";

/** An open container. */
export interface Demuxer {
  readonly context: FormatContext;
  /** Fills the packet; FFmpeg's error code below 0. A promise only where bytes are fetched. */
  read(packet: Packet): number | Promise<number>;
  /** What the byte source threw, where reading failed for that reason. */
  readonly sourceError: unknown;
  close(): Promise<void>;
}

/** Why a container could not be opened: what FFmpeg wrote, or what the byte source threw. */
export interface OpenFailure {
  readonly log: readonly string[];
  readonly sourceError: unknown;
}

export type OpenResult = { readonly demuxer: Demuxer } | { readonly failure: OpenFailure };

/**
 * `correct_ts_overflow` off: FFmpeg undoes one wrap by taking each large step back for a wrap; our clock tells the two
 * apart. The lists keep a hostile file from making FFmpeg open sockets or other files.
 *
 * @param protocol what FFmpeg may open by itself: `none` is the name of no protocol
 */
function demuxerOptions(protocol: "file" | "none"): Dictionary {
  return Dictionary.fromObject({
    protocol_whitelist: protocol,
    format_whitelist: containerFormats.join(","),
    correct_ts_overflow: 0,
  });
}

async function failure(log: FfmpegLog, sourceError?: unknown): Promise<OpenResult> {
  return { failure: { log: await log.lines(), sourceError } };
}

/** Opens a local file, whose packets are then read without a promise. */
export async function openLocalDemuxer(path: string): Promise<OpenResult> {
  const log = listenToFfmpeg();
  try {
    const context = new FormatContext();
    const opened = context.openInputSync(`file:${path}`, statedFormat(path), demuxerOptions("file"));
    if (opened < 0) return await failure(log);
    const found = context.findStreamInfoSync(null);
    if (found < 0) {
      context.closeInputSync();
      return await failure(log);
    }
    return {
      demuxer: {
        context,
        read: (packet) => context.readFrameSync(packet),
        sourceError: undefined,
        async close() {
          context.closeInputSync();
        },
      },
    };
  } finally {
    await log.close();
  }
}

interface CallbackIo {
  readonly io: IOContext;
  readonly sourceError: unknown;
}

const ioBufferBytes = 64 * 1024;

function callbackIo(bytes: ByteSource): CallbackIo {
  let sourceError: unknown;
  let rest: Uint8Array | undefined;
  let position = 0;

  async function read(size: number): Promise<Buffer | number> {
    try {
      const chunk = rest ?? (await bytes.read(size));
      if (chunk === null) return AVERROR_EOF;
      const taken = chunk.subarray(0, size);
      rest = chunk.length > size ? chunk.subarray(size) : undefined;
      position += taken.length;
      return Buffer.from(taken.buffer, taken.byteOffset, taken.byteLength);
    } catch (error) {
      sourceError = error;
      return AVERROR_EIO;
    }
  }

  function seek(offset: bigint, whence: number): number {
    if (whence === AVSEEK_SIZE) return bytes.sizeBytes ?? -1;
    const target =
      Number(offset) + (whence === AVSEEK_CUR ? position : whence === AVSEEK_END ? (bytes.sizeBytes ?? 0) : 0);
    bytes.seek(target);
    rest = undefined;
    position = target;
    return target;
  }

  const io = new IOContext();
  io.allocContextWithCallbacks(ioBufferBytes, 0, read, null, bytes.seekable ? seek : null);
  return {
    io,
    get sourceError() {
      return sourceError;
    },
  };
}

/** Opens a container whose bytes we fetch; FFmpeg opens nothing itself. Closing it leaves the byte source open. */
export async function openFetchedDemuxer(period: Pick<SourcePeriod, "bytes" | "demuxer">): Promise<OpenResult> {
  const log = listenToFfmpeg();
  try {
    const callbacks = callbackIo(period.bytes);
    const context = new FormatContext();
    context.allocContext();
    context.pb = callbacks.io;
    const format = period.demuxer ? InputFormat.findInputFormat(period.demuxer) : null;
    const opened = await context.openInput("", format, demuxerOptions("none"));
    if (opened < 0) return await failure(log, callbacks.sourceError);
    const found = await context.findStreamInfo(null);
    if (found < 0) {
      await context.closeInput();
      return await failure(log, callbacks.sourceError);
    }
    return {
      demuxer: {
        context,
        read: (packet) => context.readFrame(packet),
        get sourceError() {
          return callbacks.sourceError;
        },
        async close() {
          context.interrupt();
          await context.closeInput();
          callbacks.io.freeContext();
        },
      },
    };
  } finally {
    await log.close();
  }
}
