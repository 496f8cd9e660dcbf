import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import { inputOptionsOf } from "@glasswatch/media/decode-sound";
import { type MediaSpec, makeMedia } from "@glasswatch/media/make-media";
import type { FileFacts } from "@glasswatch/media/packets/file-facts";
import { isoMuxers } from "@glasswatch/media/packets/rewrite-pictures";
import { ImpossibleError, type Job } from "./media-action.ts";

/** FFmpeg's muxers by its demuxers, where their names differ or one stands for several. */
const muxers: Readonly<Record<string, Readonly<Record<string, string>> & { readonly other: string }>> = {
  mov: { ".mov": "mov", ".m4a": "ipod", ".3gp": "3gp", other: "mp4" },
  matroska: { ".webm": "webm", other: "matroska" },
  aac: { other: "adts" },
  mpeg: { other: "vob" },
  ...Object.fromEntries(
    [
      ...["mpegts", "wav", "w64", "flac", "mp3", "ogg", "avi", "flv", "mxf", "aiff", "caf", "asf", "nut", "ac3"],
      ...["eac3", "h264", "hevc", "mpegvideo"],
    ].map((name) => [name, { other: name === "mpegvideo" ? "mpeg2video" : name }]),
  ),
};

/** What a repaired copy is written with; undefined for a container that FFmpeg only reads. */
export function muxerOf({ demuxer, path }: Pick<FileFacts, "demuxer" | "path">): string | undefined {
  const byExtension = muxers[demuxer];
  const extension = /\.[^./\\]*$/.exec(path)?.[0]?.toLowerCase() ?? "";
  return byExtension && (byExtension[extension] ?? byExtension.other);
}

/** The job's file as the first input of the ffmpeg program. */
export function fileInput(file: FileFacts): MediaSpec["inputs"][number] {
  return { source: file.path, options: inputOptionsOf(file) };
}

/** All streams that repaired files hold, their packets as they are. */
export const copyAll = ["-map", "0:v?", "-map", "0:a?", "-map", "0:s?", "-map", "0:t?", "-c", "copy"] as const;

/** What stands at the end of every run: the container, and its index where players look for it first. */
export function muxing(muxer: string): readonly string[] {
  return [...(isoMuxers.has(muxer) ? ["-movflags", "+faststart"] : []), "-f", muxer];
}

/**
 * Runs the ffmpeg program for a job.
 *
 * @throws GlasswatchError with exit code 4 when it fails, ImpossibleError where what it is fed is, the signal's reason
 */
export async function runFfmpeg(spec: MediaSpec, signal: Job["signal"]): Promise<void> {
  signal?.throwIfAborted();
  try {
    await makeMedia({ ...spec, options: ["-hide_banner", "-y", ...spec.options] }, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw ffmpegError(error);
  }
}

/** The program's failure, told in one line; or what kept it from being fed. */
export function ffmpegError(error: unknown): Error {
  const impossible = impossibleCause(error);
  if (impossible) return impossible;
  const lines = (error instanceof Error ? error.message : String(error)).split("\n").filter((line) => line !== "");
  const told = lines.join(" ");
  if (told.includes("Cannot find ffmpeg") || told.includes("ENOENT")) {
    return new GlasswatchError(
      "ffmpeg-missing",
      "the ffmpeg program was not found: install it (apt install ffmpeg, brew install ffmpeg) or set FFMPEG_PATH",
      ExitCode.usage,
      { cause: error },
    );
  }
  if (told.includes("No space left on device")) {
    return new GlasswatchError("disk-full", "the disk is full; free some space and run again", ExitCode.fault, {
      cause: error,
    });
  }
  return new GlasswatchError("ffmpeg-failed", told, ExitCode.fault, { cause: error });
}

/** fluent-ffmpeg keeps what a stream that it reads failed with as `inputStreamError`. */
function impossibleCause(error: unknown): ImpossibleError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ImpossibleError) return error;
  const fed: unknown = Reflect.get(error, "inputStreamError");
  return impossibleCause(fed) ?? impossibleCause(error.cause);
}
