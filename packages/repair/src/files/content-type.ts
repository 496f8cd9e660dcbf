import type { FileFacts } from "@glasswatch/media/packets/file-facts";
import { muxerOf } from "../media/ffmpeg-job.ts";

/** By FFmpeg's names of what is written; the second is that of sound alone. */
const types: Readonly<Record<string, readonly [string, string?]>> = {
  mp4: ["video/mp4", "audio/mp4"],
  mov: ["video/quicktime"],
  ipod: ["video/mp4", "audio/mp4"],
  "3gp": ["video/3gpp", "audio/3gpp"],
  matroska: ["video/matroska", "audio/matroska"],
  webm: ["video/webm", "audio/webm"],
  mpegts: ["video/mp2t"],
  vob: ["video/mpeg", "audio/mpeg"],
  mpeg2video: ["video/mpeg"],
  avi: ["video/vnd.avi"],
  flv: ["video/x-flv"],
  asf: ["video/x-ms-asf"],
  mxf: ["application/mxf"],
  ogg: ["video/ogg", "audio/ogg"],
  wav: ["audio/vnd.wave"],
  flac: ["audio/flac"],
  mp3: ["audio/mpeg"],
  adts: ["audio/aac"],
  ac3: ["audio/ac3"],
  eac3: ["audio/eac3"],
  aiff: ["audio/aiff"],
};

/** Of a copy, which keeps the container of its file. Where IANA has registered one, it is that. */
export function contentTypeOf(file: Pick<FileFacts, "demuxer" | "path" | "picture">): string {
  const [usual, ofSound] = types[muxerOf(file) ?? ""] ?? ["application/octet-stream"];
  return file.picture ? usual : (ofSound ?? usual);
}
