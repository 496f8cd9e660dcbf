import type { Expectation, InputCase } from "./case.ts";

const three = { durationSeconds: "3±0.1", complete: true } as const;
const sd = { codec: "h264", width: 320, height: 180, fps: "25±0.01" } as const;
const stereo = { channels: 2, sampleRate: 48_000, integratedLufs: "-23±3" } as const;

/** Media that is unusual, decodes, and has no defect: it scans like any other. */
export const oddMedia: readonly InputCase[] = [
  clean("a plain clip", "clip", { ...three, video: sd, audio: [{ ...stereo, codec: "aac" }] }),
  clean("a clip in Matroska", "clip-mkv", { ...three, video: sd, audio: [stereo] }),
  clean("a clip in a transport stream", "clip-ts", { ...three, video: sd, audio: [stereo] }),
  clean("picture only", "video-only", { ...three, video: sd, audio: [] }),
  clean("sound only", "audio-only", { ...three, video: null, audio: [stereo] }),
  clean("cover art as the only picture", "cover-art", { ...three, video: null, audio: [stereo] }),
  clean("one picture", "single-frame", { durationSeconds: "0.04±0.001", complete: true, video: { width: 320 } }),
  clean("variable frame rate", "variable-frame-rate", { ...three, video: { width: 320 } }),
  clean("10 bits", "ten-bit", { ...three, video: sd }),
  clean("HDR10", "hdr10", { ...three, video: { ...sd, codec: "hevc" } }),
  clean("4:2:2", "four-two-two", { ...three, video: sd }),
  clean("4:4:4", "four-four-four", { ...three, video: sd }),
  clean("4:2:2 with 10 bits, ProRes", "prores", { ...three, video: { ...sd, codec: "prores" } }),
  clean("no colour", "grey-only", { ...three, video: { ...sd, codec: "ffv1" } }),
  clean("RGB", "rgb", { ...three, video: { ...sd, codec: "ffv1" } }),
  clean("full range", "full-range", { ...three, video: { ...sd, codec: "mjpeg" } }),
  clean("odd size", "odd-size", { ...three, video: { width: 321, height: 181 } }),
  clean("a tiny picture", "tiny-size", { ...three, video: { width: 16, height: 16 } }),
  clean("8K", "eight-k", { complete: true, video: { width: 7680, height: 4320 } }),
  clean("anamorphic", "anamorphic", { ...three, video: { width: 352, height: 288 } }),
  clean("interlaced MPEG-2", "interlaced", { ...three, video: { codec: "mpeg2video" } }),
  clean("rotated", "rotated", { ...three, video: { codec: "h264" } }),
  clean("mono", "mono", { ...three, audio: [{ channels: 1 }] }),
  clean("5.1", "five-point-one", { ...three, audio: [{ codec: "ac3", channels: 6 }] }),
  clean("five sound tracks", "five-tracks", {
    ...three,
    audio: [{ track: 0 }, { track: 1 }, { track: 2 }, { track: 3 }, { track: 4, channels: 1 }],
  }),
  clean("8 kHz, µ-law", "eight-kilohertz", { ...three, audio: [{ sampleRate: 8000, channels: 1 }] }),
  clean("192 kHz", "high-rate", { ...three, audio: [{ sampleRate: 192_000 }] }),
  clean("24 bits", "twenty-four-bit", { ...three, audio: [{ codec: "pcm_s24le" }] }),
  clean("Opus", "opus", { ...three, audio: [{ codec: "opus" }] }),
  clean("MP3", "mp3", { ...three, audio: [{ codec: "mp3" }] }),
  clean("sound that begins late", "late-sound", { durationSeconds: "4±0.1", complete: true }),
  // The second before 0 is not presented (edit list, ISO/IEC 14496-12 §8.6.6).
  clean("negative timestamps", "negative-timestamps", { durationSeconds: "2±0.1", complete: true, video: sd }),
  clean("a clock at 25 hours", "day-old-clock", { ...three, video: sd }),
  clean("a clock at a week", "week-old-clock", { ...three, video: sd }),
  clean("a clock that wraps", "clock-wrap", { ...three, video: sd }),
  clean("resolution changes midway", "resolution-change", { durationSeconds: "6±0.1", complete: true }),
  clean("pixel format changes midway", "pixel-format-change", { durationSeconds: "6±0.1", complete: true }),
  clean("sample rate changes midway", "sample-rate-change", { durationSeconds: "6±0.1", complete: true }),
  clean("channel count changes midway", "channel-count-change", { durationSeconds: "6±0.1", complete: true }),
  {
    ...clean("a clock that restarts", "clock-restart", { durationSeconds: "6±0.1", complete: true }),
    exitCode: 1,
    kinds: ["timestamp-jump", "timestamp-jump"],
  },
  clean("begins between key frames", "starts-between-key-frames", { complete: true, video: sd }),
];

function clean(name: string, fixture: string, result: Expectation): InputCase {
  return { name, input: { fixture }, exitCode: 0, result };
}
