import type { Completeness } from "./completeness/completeness.ts";
import type { GroupReader } from "./group-reader.ts";

/** A transport stream may end within a picture without being cut; see `isMpegTsCut`. */
const endsAnywhere = new Set(["mpegts", "h264", "hevc", "aac", "mpegvideo"]);

/** Formats of sound whose header counts the samples. */
const statesItsLength = new Set(["aiff", "ape", "caf", "flac", "tak", "tta", "w64", "wv"]);

/** Headers that round, or count priming, err by less. */
const leastMissingSeconds = 0.1;

/** Whether a file that was read to its end lacks the rest: by its structure, its last packet or its header. */
export function endIsMissing(group: GroupReader, { isCut }: Completeness): boolean {
  const format = group.demuxer.context.iformat?.name ?? "";
  return isCut || (!endsAnywhere.has(format) && group.cutShort) || endsEarly(group, format);
}

/** Whether the header states a length that is not there. */
function endsEarly(group: GroupReader, format: string): boolean {
  if (!statesItsLength.has(format)) return false;
  const endSeconds = Math.max(...group.tracks.map((track) => track.endSeconds));
  return endSeconds < Number(group.demuxer.context.duration) / 1e6 - leastMissingSeconds;
}
