import type { InputCase } from "./case.ts";

const three = { durationSeconds: "3±0.1", complete: true } as const;

/** Sources over HTTP: some good, some that fail in every way a server can. */
export const httpInputs: readonly InputCase[] = [
  { name: "a file", input: { served: "clip", route: {} }, exitCode: 0, result: three },
  {
    name: "a file without range requests",
    input: { served: "clip", route: { ranges: false } },
    exitCode: 0,
    result: three,
  },
  {
    name: "a file whose index is at its end",
    input: { served: "clip-index-last", route: {} },
    exitCode: 0,
    result: three,
  },
  ...(["truncated-mp4", "truncated-mkv", "truncated-ts"] as const).map(
    (served): InputCase => ({
      name: `a file that lies on its server cut short, ${served}`,
      input: { served, route: {} },
      exitCode: 3,
      errorCode: "truncated",
      says: /cut short/,
      anyFindings: true,
    }),
  ),
  { name: "HLS, transport stream", input: { servedFolder: "hls-ts", file: "media.m3u8" }, exitCode: 0, result: three },
  { name: "HLS, fMP4", input: { servedFolder: "hls-fmp4", file: "media.m3u8" }, exitCode: 0, result: three },
  { name: "HLS, AES-128", input: { servedFolder: "hls-aes", file: "media.m3u8" }, exitCode: 0, result: three },
  {
    name: "HLS, master playlist with the sound apart",
    input: { servedFolder: "hls-master", file: "master.m3u8" },
    exitCode: 0,
    result: { ...three, video: { width: 320, height: 180 }, audio: [{ codec: "aac", channels: 2 }] },
  },
  ...([403, 404, 500] as const).map(
    (status): InputCase => ({
      name: `status ${status}`,
      input: { served: "clip", route: { status } },
      exitCode: 3,
      errorCode: "http-status",
      says: new RegExp(`${status}`),
    }),
  ),
  {
    name: "a redirect loop",
    input: { served: "clip", route: { redirect: "/clip.mp4" } },
    exitCode: 3,
    errorCode: "redirect-loop",
    says: /redirect/,
  },
  {
    name: "a server that never answers",
    input: { served: "clip", route: { fault: { kind: "hang" } } },
    exitCode: 3,
    errorCode: "timed-out",
    says: /never answered/,
  },
  {
    name: "a server that stops sending",
    input: { served: "clip-ts", route: { ranges: false, fault: { kind: "stall", atByte: 60_000 } } },
    exitCode: 3,
    errorCode: "timed-out",
    says: /\d+ s/,
  },
  {
    name: "a connection cut midway",
    input: { served: "clip-ts", route: { ranges: false, fault: { kind: "cut", atByte: 60_000 } } },
    exitCode: 3,
    errorCode: "connection-lost",
    says: /lost/,
    result: { complete: false, video: { width: 320 } },
    anyFindings: true,
  },
  {
    name: "a server that closes the connection without an answer",
    input: { served: "clip", route: { fault: { kind: "refuse" } } },
    exitCode: 3,
    errorCode: "connection-failed",
  },
];
