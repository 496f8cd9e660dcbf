import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAll } from "./testing/read-all.ts";
import { h264, openWorkshop, picture, tone } from "./testing/synthesise.ts";

const workshop = openWorkshop();
const { make, path } = workshop;

function cut(source: string, share: number, name: string): void {
  const bytes = readFileSync(path(source));
  writeFileSync(path(name), bytes.subarray(0, Math.floor(bytes.length * share) | 1));
}

beforeAll(() => {
  make("whole.mp4", ...picture(3), ...tone(3), ...h264, "-c:a", "aac");
  make("picture.mp4", ...picture(1), ...h264);
  const copy = ["-i", path("whole.mp4"), "-c", "copy"];
  make("fast.mp4", ...copy, "-movflags", "+faststart");
  make("fragments.mp4", ...copy, "-movflags", "+frag_keyframe+empty_moov");
  for (const name of ["whole.ts", "whole.mkv", "whole.flv"]) make(name, ...copy);
  make("live.mkv", ...copy, "-f", "matroska", "-live", "1");
  make("whole.avi", "-i", path("whole.mp4"), "-c:v", "mpeg4", "-c:a", "mp2");
  make("whole.mpg", "-i", path("whole.mp4"), "-c:v", "mpeg2video", "-c:a", "mp2");
  for (const name of ["whole.wav", "whole.mp3", "whole.flac"]) make(name, ...tone(3));
  make("whole.aiff", ...tone(3));
  make("whole.wmv", "-i", path("whole.mp4"), "-c:v", "wmv2", "-c:a", "wmav2");
  make("whole.ogg", ...tone(3), "-c:a", "libvorbis");
  for (const format of ["ts", "mkv", "flv", "avi", "mpg", "wav", "mp3", "flac", "ogg", "aiff", "wmv"]) {
    cut(`whole.${format}`, 0.6, `cut.${format}`);
  }
  cut("fast.mp4", 0.6, "cut.mp4");
  cut("fragments.mp4", 0.6, "cut-fragments.mp4");
  cut("live.mkv", 0.6, "cut-live.mkv");
  cut("whole.mp4", 0.6, "no-index.mp4");
  writeFileSync(path("empty.mp4"), "");
  writeFileSync(path("text.mp4"), "This is a text that someone named like a film.\n".repeat(200));
  writeFileSync(path("text.txt"), "line\n".repeat(2000));
  writeFileSync(path("random.mp4"), randomBytes(100_000));
  writeFileSync(path("random.bin"), randomBytes(100_000));
  writeFileSync(path("playlist.mp4"), "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:3,\n/etc/hosts\n#EXT-X-ENDLIST\n");
  writeFileSync(path("concat.ffconcat"), "ffconcat version 1.0\nfile whole.mp4\n");
  writeFileSync(path("subtitles.srt"), "1\n00:00:01,000 --> 00:00:02,000\nHello\n");
  make("subtitles.mkv", "-i", path("subtitles.srt"));
  make("cover.png", ...picture(0.04));
  make("cover.mp3", ...tone(1), "-i", path("cover.png"), "-map", "0", "-map", "1", "-disposition:v", "attached_pic");
  make("cover.m4a", "-i", path("cover.mp3"), "-map", "0:v", "-c", "copy", "-disposition:v", "attached_pic");
  const key = [
    "-encryption_key",
    "76a6c65c5ea762046bd749a2e632ccbb",
    "-encryption_kid",
    "a7e61c373e219033c21091fa607bf3b8",
  ];
  make("encrypted.mp4", ...copy, "-encryption_scheme", "cenc-aes-ctr", ...key);
  writeFileSync(path("sound-alone-decodes.mp4"), withoutPictureSetup(readFileSync(path("whole.mp4"))));
  writeFileSync(path("unknown-codec.mp4"), withoutCodec(readFileSync(path("picture.mp4"))));
  mkdirSync(path("folder"));
  execFileSync("mkfifo", [path("pipe")]);
  symlinkSync("circle.mp4", path("circle.mp4"));
});

afterAll(() => workshop.remove());

/** Renames the sample entry to a codec that nobody has. */
function withoutCodec(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("latin1").replaceAll("avc1", "zzz1"), "latin1");
}

/** Overwrites the parameter sets that pictures cannot be decoded without (ISO/IEC 14496-15 §5.3.3). */
function withoutPictureSetup(bytes: Buffer): Buffer {
  const setup = bytes.indexOf("avcC");
  return Buffer.from(bytes.fill(0xff, setup + 4, setup + 24));
}

describe("what cannot be read is told in one line that names it", () => {
  test.each([
    ["missing.mp4", "file-not-found"],
    ["whole.mp4/under-a-file.mp4", "file-not-found"],
    ["folder", "not-readable"],
    ["pipe", "not-readable"],
    ["circle.mp4", "not-readable"],
    [`${"long".repeat(80)}.mp4`, "not-readable"],
    ["empty.mp4", "empty-file"],
    ["text.mp4", "not-media"],
    ["text.txt", "not-media"],
    ["random.mp4", "not-media"],
    ["random.bin", "not-media"],
    ["playlist.mp4", "not-media"],
    ["concat.ffconcat", "not-media"],
    ["subtitles.srt", "not-media"],
    ["subtitles.mkv", "no-picture-or-sound"],
    ["cover.m4a", "no-picture-or-sound"],
    ["no-index.mp4", "incomplete-file"],
    ["encrypted.mp4", "encrypted"],
    ["unknown-codec.mp4", "unsupported-codec"],
  ])("%s: %s", async (name, code) => {
    const outcome = await readAll(path(name));
    expect(outcome).toMatchObject({ errorCode: code, units: [] });
    expect(outcome.message).toContain(name);
    expect(outcome.message).not.toContain("\n");
  });

  test.each(["rtmp://example.org/live", "srt://example.org:9000", "udp://239.0.0.1:1234", "concat://a|b"])(
    "%s: unsupported-protocol",
    async (input) => {
      expect(await readAll(input)).toMatchObject({ errorCode: "unsupported-protocol", info: null });
    },
  );
});

test.each(["file://elsewhere/film.mp4", "file:///%ZZ.mp4"])("%s names no file", async (input) => {
  expect(await readAll(input)).toMatchObject({ errorCode: "file-not-found", message: expect.stringContaining(input) });
});

test("a picture that cannot be decoded is told although the sound could be", async () => {
  const outcome = await readAll(path("sound-alone-decodes.mp4"));
  expect(outcome.errorCode).toBe("decode-failed");
  expect(outcome.units.length).toBeGreaterThan(10);
});

describe("a file that is cut short is read up to the cut", () => {
  test.each([
    "cut.mp4",
    "cut-fragments.mp4",
    "cut.ts",
    "cut.mkv",
    "cut-live.mkv",
    "cut.flv",
    "cut.avi",
    "cut.mpg",
    "cut.wav",
    "cut.mp3",
    "cut.flac",
    "cut.ogg",
    "cut.aiff",
    "cut.wmv",
  ])("%s", async (name) => {
    const outcome = await readAll(path(name));
    expect(outcome.errorCode).toBe("truncated");
    const lastSeconds = Math.max(...outcome.units.map((unit) => unit.timeSeconds));
    expect(lastSeconds).toBeGreaterThan(0.7);
    expect(lastSeconds).toBeLessThan(2.5);
  });

  test("the range before the cut is read without complaint", async () => {
    expect(await readAll(path("cut.mp4"), { toSeconds: 1 })).toMatchObject({ errorCode: null });
  });
});

describe("a whole file is no cut one", () => {
  test.each([
    "whole.mp4",
    "fast.mp4",
    "fragments.mp4",
    "whole.ts",
    "whole.mkv",
    "live.mkv",
    "whole.flv",
    "whole.avi",
    "whole.mpg",
    "whole.wav",
    "whole.mp3",
    "whole.flac",
    "whole.ogg",
    "whole.aiff",
    "whole.wmv",
    "cover.mp3",
  ])("%s", async (name) => {
    const outcome = await readAll(path(name));
    expect(outcome).toMatchObject({ errorCode: null, synchronous: true });
    expect(outcome.units.length).toBeGreaterThan(10);
  });
});
