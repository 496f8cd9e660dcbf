import { inputError } from "@glasswatch/core/errors";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { FileFacts } from "@glasswatch/media/packets/file-facts";

/** FFmpeg's names of containers that say how long they last; of others it is a guess. */
const toldBy: readonly string[] = ["mov", "matroska", "mpegts", "wav", "w64", "flac", "mxf"];

/** A clock that jumps makes time that is in no packet. */
const jumps: readonly string[] = ["timestamp-jump", "timestamp-gap"];

/**
 * Findings are of places in a file, and mean nothing in another one.
 *
 * @throws GlasswatchError with exit code 3 where it can be seen that the file was exchanged since it was scanned
 */
export function assertSameFile({ info, demuxer }: FileFacts, before: ScanResult): void {
  const isSame = tracksOf(info) === tracksOf(before) && (!toldBy.includes(demuxer) || lastsAsLong(info, before));
  if (isSame) return;
  throw inputError("not-readable", `${before.input}: this is not the file that was scanned; scan it again`);
}

function tracksOf({ video, audio }: Pick<FileFacts["info"] | ScanResult, "video" | "audio">): string {
  const picture = video && [video.codec, video.width, video.height];
  return JSON.stringify([picture, audio.map(({ codec, channels, sampleRate }) => [codec, channels, sampleRate])]);
}

function lastsAsLong({ durationSeconds: told }: FileFacts["info"], { durationSeconds, findings }: ScanResult): boolean {
  if (told === null || durationSeconds === null || findings.some(({ kind }) => jumps.includes(kind))) return true;
  // Subtitles may go on after pictures and sound.
  return Math.abs(told - durationSeconds) <= Math.max(2, 0.1 * durationSeconds);
}
