import { inputError } from "@glasswatch/core/errors";
import type { Completeness } from "./completeness/completeness.ts";
import type { OpenFailure } from "./demuxer.ts";
import type { GroupReader } from "./group-reader.ts";
import type { ChosenStreams } from "./streams.ts";

/** The one line that tells why a container could not be opened. */
export function openFailureError(name: string, { log, sourceError }: OpenFailure, facts: Completeness): unknown {
  if (sourceError !== undefined) return sourceError;
  const told = log.join("\n");
  if (facts.lacksIndex || (facts.isCut && /moov atom not found/.test(told))) {
    return inputError(
      "incomplete-file",
      `${name}: the file has no index (moov), so its recording or copying was not finished; finish or repeat it`,
    );
  }
  if (facts.isCut) {
    return inputError("truncated", `${name}: the file is cut short within its header; copy or download it again`);
  }
  const detail = log.findLast((line) => line !== "" && !line.includes("whitelist"))?.replace(/\s+/g, " ");
  return inputError(
    "not-media",
    `${name}: this is not audio or video that can be read${detail ? ` (${detail})` : ""}; check what the file is`,
  );
}

export function encryptedError(name: string): Error {
  return inputError("encrypted", `${name}: the media are encrypted (DRM); scan a copy before encryption`);
}

/** Why none of a container's streams can be analysed. */
export function noStreamsError(name: string, streams: ChosenStreams, streamCount: number): Error {
  if (streams.encrypted) return encryptedError(name);
  const [codec] = streams.undecodable;
  if (codec !== undefined) {
    return inputError(
      "unsupported-codec",
      `${name}: there is no decoder for its codec${named(codec)}; convert it first`,
    );
  }
  if (streamCount === 0) {
    return inputError("not-media", `${name}: there are no audio or video streams in it; check what the file is`);
  }
  return inputError(
    "no-picture-or-sound",
    `${name}: there is neither moving picture nor sound in it; name a file with at least one of them`,
  );
}

/**
 * Why a container was not analysed in full although some of its streams were: what nobody looked at must not pass as
 * clean.
 *
 * @returns null where all was analysed
 */
export function ignoredStreamsError(
  name: string,
  { streams: { undecodable, encrypted }, tracks }: Pick<GroupReader, "streams" | "tracks">,
): Error | null {
  const [codec] = undecodable;
  if (codec !== undefined) {
    return inputError(
      "unsupported-codec",
      `${name}: there is no decoder for one of its tracks${named(codec)}, the others were analysed; convert it first`,
    );
  }
  if (encrypted) {
    return inputError(
      "encrypted",
      `${name}: a track is encrypted (DRM), the others were analysed; scan a copy before encryption`,
    );
  }
  // Of a single packet some decoders make nothing, as it only leads to the next.
  const dead = tracks.find(({ packets, frames }) => packets > 1 && frames === 0);
  if (!dead) return null;
  const what = dead.media === "video" ? "its picture" : "one of its sound tracks";
  return inputError(
    "decode-failed",
    `${name}: nothing of ${what} could be decoded, the rest was analysed; check that it plays`,
  );
}

/** FFmpeg knows the names of codecs that it cannot decode, but not of all. */
function named(codec: string): string {
  return codec === "none" || codec === "unknown" ? "" : `, ${codec}`;
}

export function decodeFailedError(name: string): Error {
  return inputError("decode-failed", `${name}: not one picture or sound of it could be decoded; check that it plays`);
}

export function truncatedError(name: string): Error {
  return inputError("truncated", `${name}: the file is cut short, the end is missing; copy or download it again`);
}

export function rangeAfterEndError(name: string, fromSeconds: number): Error {
  return inputError("range-after-end", `${name}: it ends before ${fromSeconds} s, where the scan was to begin`);
}

export function interruptedError(name: string): Error {
  return inputError("interrupted", `${name}: stopped before the end`);
}
