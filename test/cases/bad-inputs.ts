import type { CaseInput, InputCase } from "./case.ts";

const nothing = { durationSeconds: null, complete: false, video: null, audio: [], findings: [] } as const;

/** Inputs that cannot be read, or not to their end: each gets its own clear line and exit code 3. */
export const badInputs: readonly InputCase[] = [
  bad("a file that is not there", { typed: "not-there.mp4" }, "file-not-found", /no such file/),
  bad("a folder without media", { folderOf: "folder-without-media" }, "no-media-in-folder", /no audio or video/),
  bad("an empty file", { fixture: "empty-file" }, "empty-file", /empty/),
  bad("text named .mp4", { fixture: "text-file" }, "not-media", /not audio or video/),
  bad("random bytes named .mp4", { fixture: "random-bytes" }, "not-media", /not audio or video/),
  bad("an MP4 without its index", { fixture: "without-moov" }, "incomplete-file", /index \(moov\)/),
  bad("subtitles only", { fixture: "subtitles-only" }, "no-picture-or-sound", /neither moving picture nor sound/),
  bad("0 s of picture and sound", { fixture: "zero-seconds" }, "not-media", /no audio or video streams/),
  {
    name: "a WAV file of 0 s",
    input: { fixture: "zero-samples" },
    exitCode: 3,
    errorCode: "no-picture-or-sound",
    result: { audio: [{ codec: "pcm_s16le" }] },
  },
  bad("picture in an unknown codec", { fixture: "unsupported-codec-only" }, "unsupported-codec", /codec/),
  bad("DRM without the key", { fixture: "encrypted" }, "encrypted", /encrypted/),
  bad("a device", { typed: "/dev/zero" }, "not-readable", /pipe or device/),
  bad("another protocol", { typed: "gopher://127.0.0.1/film.mp4" }, "unsupported-protocol", /gopher/),
  bad("an unregistered name", { typed: "http://no-such-host.invalid/film.mp4" }, "connection-failed", /no-such-host/),
  {
    name: "a picture in an unknown codec beside good sound",
    input: { fixture: "unsupported-codec" },
    exitCode: 3,
    errorCode: "unsupported-codec",
    says: /codec/,
    result: { audio: [{ codec: "aac" }] },
  },
  ...["mp4", "mkv", "ts"].map(
    (container): InputCase => ({
      name: `cut short in the middle of a picture, ${container}`,
      input: { fixture: `truncated-${container}` },
      exitCode: 3,
      errorCode: "truncated",
      says: /cut short/,
      result: { complete: false, durationSeconds: "1.8±0.5", video: { width: 320 } },
      anyFindings: true,
    }),
  ),
  {
    name: "damaged in the middle, but whole",
    input: { fixture: "damaged-ts" },
    exitCode: 1,
    result: { complete: true, durationSeconds: "3±0.2" },
    anyFindings: true,
  },
];

function bad(name: string, input: CaseInput, errorCode: NonNullable<InputCase["errorCode"]>, says: RegExp): InputCase {
  return { name, input, exitCode: 3, errorCode, says, result: nothing };
}
