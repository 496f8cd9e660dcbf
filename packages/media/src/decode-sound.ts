import { PassThrough, type Readable } from "node:stream";
import ffmpeg from "fluent-ffmpeg";
import type { FileFacts, SoundFacts } from "./packets/file-facts.ts";

/** What the ffmpeg program is told of an input of which the format is known: no file makes it open others. */
export function inputOptionsOf(file: Pick<FileFacts, "demuxer">): readonly string[] {
  return ["-protocol_whitelist", "file", "-f", file.demuxer];
}

/**
 * A track's samples: 32-bit floats, little-endian, the channels interleaved, from the track's `startSeconds` on without a
 * break: gaps of its clock are filled with silence, and what overlaps is left out.
 *
 * The stream fails where the ffmpeg program does, and when `signal` aborts.
 */
export function decodeSound(file: FileFacts, track: SoundFacts, signal?: AbortSignal): Readable {
  const command = ffmpeg(file.path)
    .inputOptions([...inputOptionsOf(file)])
    .outputOptions(["-map", `0:${track.index}`, "-af", "aresample=async=1", "-c:a", "pcm_f32le", "-f", "f32le"])
    .on("error", (error: Error) => output.destroy(error));
  // fluent-ffmpeg takes it for a failure when the stream closes more than 20 ms before the program's end is seen.
  const output = new PassThrough({
    emitClose: false,
    destroy(error, done) {
      // Who stops reading early would leave the program waiting for ever.
      if (!output.writableFinished) command.kill("SIGKILL");
      done(error);
    },
  });
  signal?.addEventListener("abort", () => command.kill("SIGKILL"), { once: true });
  command.stream(output, { end: true });
  return output;
}
