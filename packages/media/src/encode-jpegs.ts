import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import ffmpeg from "fluent-ffmpeg";
import { splitJpegs } from "./split-jpegs.ts";

/** A picture in planar 4:2:0, 8 bits: Y, Cb, Cr without padding, the chroma planes rounded up where the size is odd. */
export interface RawPicture {
  readonly width: number;
  readonly height: number;
  readonly yuv420: Uint8Array;
  /** True where luma spans 0–255 instead of 16–235. */
  readonly fullRange: boolean;
}

/** 5 to 15 kB for a picture 320 pixels wide. */
const quantiserScale = 4;
const timeoutSeconds = 120;

/**
 * The pictures as JPEGs, in their order. Pictures of the same form share one run of the ffmpeg program.
 *
 * @throws GlasswatchError `ffmpeg-missing` when the program is not installed, `ffmpeg-failed` when it gives up
 */
export async function encodeJpegs(pictures: readonly RawPicture[]): Promise<Uint8Array[]> {
  const jpegs: Uint8Array[] = new Array(pictures.length);
  const batches = Map.groupBy(pictures.keys(), (index) => formOf(pictures[index] as RawPicture));
  for (const indices of batches.values()) {
    const encoded = await encodeBatch(indices.map((index) => pictures[index] as RawPicture));
    indices.forEach((index, i) => {
      jpegs[index] = encoded[i] as Uint8Array;
    });
  }
  return jpegs;
}

function formOf({ width, height, fullRange }: RawPicture): string {
  return `${width}x${height} ${fullRange}`;
}

async function encodeBatch(batch: readonly RawPicture[]): Promise<Uint8Array[]> {
  const { width, height, fullRange } = batch[0] as RawPicture;
  // fluent-ffmpeg takes it for a failure when the stream closes more than 20 ms before the program's end is seen, as it does
  // on a busy machine.
  const output = new PassThrough({ emitClose: false });
  const stream = buffer(output);
  const frames = batch.map(({ yuv420 }) => yuv420);
  await new Promise<void>((resolve, reject) => {
    ffmpeg(Readable.from(frames, { objectMode: false }), { timeout: timeoutSeconds })
      .inputOptions(["-f", "rawvideo", "-pixel_format", "yuv420p", "-video_size", `${width}x${height}`])
      // JFIF is full range.
      .outputOptions(["-vf", `scale=in_range=${fullRange ? "pc" : "tv"}:out_range=pc,format=yuvj420p`])
      .outputOptions(["-c:v", "mjpeg", "-q:v", String(quantiserScale), "-f", "image2pipe", "-threads", "1"])
      .on("end", () => resolve())
      .on("error", (error: Error) => reject(asGlasswatchError(error)))
      .stream(output, { end: true });
  });
  const jpegs = splitJpegs(await stream);
  if (jpegs.length !== batch.length) throw ffmpegFailed(`made ${jpegs.length} JPEGs of ${batch.length} pictures`);
  return jpegs;
}

function asGlasswatchError(error: Error): GlasswatchError {
  const missing = error.message.includes("Cannot find ffmpeg") || ("code" in error && error.code === "ENOENT");
  if (!missing) return ffmpegFailed(error.message.split("\n")[0] ?? "", error);
  return new GlasswatchError(
    "ffmpeg-missing",
    "the ffmpeg program was not found: install it (apt install ffmpeg, brew install ffmpeg) or set FFMPEG_PATH",
    ExitCode.usage,
    { cause: error },
  );
}

function ffmpegFailed(what: string, cause?: unknown): GlasswatchError {
  return new GlasswatchError("ffmpeg-failed", `the ffmpeg program could not make JPEGs: ${what}`, ExitCode.fault, {
    cause,
  });
}
