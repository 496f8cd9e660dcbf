import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { Clip } from "@glasswatch/core/media";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHttpServer, type TestHttpServer } from "../../../../test/support/http-server.ts";
import { openMedia } from "../open.ts";
import { h264, openWorkshop, picture, tone } from "../testing/synthesise.ts";

const workshop = openWorkshop();
const { make, path } = workshop;
let server: TestHttpServer;

const aac = ["-c:a", "aac"];
const copy = (name: string) => ["-i", path(name), "-c", "copy"];

/** Both as the two parts of one programme, and as renditions of it. */
const playlists: Readonly<Record<string, readonly string[]>> = {
  "changes.m3u8": [
    "#EXT-X-TARGETDURATION:6",
    ...["#EXTINF:6,", "av.ts", "#EXT-X-DISCONTINUITY", "#EXTINF:6,", "larger.ts", "#EXT-X-ENDLIST"],
  ],
  "apart.m3u8": [
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="en",DEFAULT=YES,URI="sound.m3u8"',
    ...['#EXT-X-STREAM-INF:BANDWIDTH=500000,CODECS="avc1.42c00a,mp4a.40.2",AUDIO="a"', "pictures.m3u8"],
  ],
  "pictures.m3u8": ["#EXT-X-TARGETDURATION:6", "#EXTINF:6,", "v.ts", "#EXT-X-ENDLIST"],
  "sound.m3u8": ["#EXT-X-TARGETDURATION:6", "#EXTINF:6,", "a.ts", "#EXT-X-ENDLIST"],
};

beforeAll(async () => {
  make("av.ts", ...picture(6), ...tone(6), ...h264, ...aac);
  make("av.mkv", ...copy("av.ts"));
  // The timestamps wrap at 95443.7 s.
  make("wrap.ts", ...copy("av.ts"), "-output_ts_offset", "95440");
  make("mpeg2.mp4", ...picture(6), ...tone(6), "-c:v", "mpeg2video", "-g", "25", "-bf", "2", ...aac);
  make("latm.ts", ...copy("mpeg2.mp4"), "-mpegts_flags", "latm");
  const hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=25"];
  make("hevc.ts", ...picture(6), ...tone(6), ...hevc, "-c:a", "ac3");
  make("pcm.mov", ...copy("av.ts"), "-c:a", "pcm_s16le");
  make("sound.aac", ...tone(6), ...aac);
  make("late.mkv", "-itsoffset", "2.5", ...tone(2.5), ...copy("av.ts"), "-map", "1:v", "-map", "0:a", ...aac);
  const jump = "gt(N\\,99)*20000";
  make("jump.mkv", ...copy("av.ts"), "-an", "-bsf:v", `setts=pts=PTS+${jump}:dts=DTS+${jump}`);
  make("odd.avi", ...picture(6), "-c:v", "huffyuv");
  make("bare.h264", ...copy("av.ts"), "-an");
  make("sparse.ts", ...picture(40), "-c:v", "libx264", "-preset", "ultrafast", "-g", "9999", "-bf", "0");
  make("regular.ts", ...picture(25), ...h264);
  make("noise.jpg", ...picture(1, "640x480"), "-vf", "noise=alls=100", "-frames:v", "1", "-q:v", "1");
  make("heavy.avi", "-loop", "1", "-framerate", "50", "-t", "3", "-f", "image2", ...copy("noise.jpg"));
  make("larger.ts", ...picture(6, "320x240"), ...tone(6), ...h264, ...aac);
  make("v.ts", ...copy("av.ts"), "-an");
  make("a.ts", ...copy("av.ts"), "-vn");
  for (const [name, lines] of Object.entries(playlists)) writeFileSync(path(name), ["#EXTM3U", ...lines].join("\n"));
  server = await startHttpServer({ "/": { folder: workshop.folder } });
});

afterAll(async () => {
  await server.close();
  workshop.remove();
});

interface Moment {
  readonly at: number;
  /** How far the input is read; to the end of the span unless given. */
  readonly readTo?: number;
}

/** The clip from a second before the moment to two seconds after it. */
async function cut(input: string, { at, readTo = at + 2 }: Moment): Promise<Clip | null> {
  const reader = await openMedia(input, { allowPrivate: true, keepsRecent: true });
  try {
    for (let unit = await reader.next(); unit && unit.timeSeconds < readTo; ) unit = await reader.next();
    return reader.cutClip({ fromSeconds: at - 1, atSeconds: at, toSeconds: at + 2, audioTrack: 0 });
  } finally {
    await reader.close();
  }
}

interface Probed {
  readonly streams: readonly { codec_type: string; codec_name: string; start_time: string; width?: number }[];
  readonly packets: readonly { codec_type: string; flags: string }[];
  readonly format: { readonly duration: string };
}

/** What ffmpeg makes of a clip. */
function played(clip: Clip | null) {
  if (!clip) return null;
  writeFileSync(path("clip"), clip.bytes);
  const entries = "stream=codec_type,codec_name,start_time,width:format=duration:packet=codec_type,flags";
  const probe = ["-v", "error", "-show_entries", entries, "-of", "json", path("clip")];
  const { streams, packets, format } = JSON.parse(spawnSync("ffprobe", probe).stdout.toString()) as Probed;
  const sound = streams.find(({ codec_type }) => codec_type === "audio");
  const lead = streams.find(({ codec_type }) => codec_type === "video") ?? sound;
  return {
    contentType: clip.contentType,
    codecs: [...new Set(streams.map(({ codec_name }) => codec_name))].toSorted().join(" "),
    startsWithKey: packets.find(({ codec_type }) => codec_type === lead?.codec_type)?.flags.startsWith("K"),
    seconds: Number(format.duration),
    width: lead?.width,
    soundStartsAt: Number(sound?.start_time) - Number(lead?.start_time),
    complaints: spawnSync("ffmpeg", ["-v", "error", "-i", path("clip"), "-f", "null", "-"]).stderr.toString(),
  };
}

const whole = { startsWithKey: true, complaints: "" };

test.each([
  ["av.ts", "video/mp4", "aac h264"],
  ["av.mkv", "video/mp4", "aac h264"],
  ["wrap.ts", "video/mp4", "aac h264"],
  ["hevc.ts", "video/mp4", "ac3 hevc"],
  ["pcm.mov", "video/mp4", "h264 pcm_s16le"],
  ["latm.ts", "video/mp2t", "aac_latm mpeg2video"],
  ["sound.aac", "audio/mp4", "aac"],
])("a clip of %s plays as %s, from a key picture on, with its sound", async (name, contentType, codecs) => {
  const clip = played(await cut(path(name), { at: 3 }));
  expect(clip).toMatchObject({ ...whole, contentType, codecs });
  expect(clip?.seconds).toBeGreaterThan(2.9);
  expect(clip?.seconds).toBeLessThan(4.2);
  expect(Math.abs(clip?.soundStartsAt ?? 9)).toBeLessThan(0.06);
});

test("sound and pictures of a playlist that come apart are together in the clip", async () => {
  const clip = played(await cut(`${server.url}/apart.m3u8`, { at: 3 }));
  expect(clip).toMatchObject({ ...whole, codecs: "aac h264" });
  expect(Math.abs(clip?.soundStartsAt ?? 9)).toBeLessThan(0.06);
});

test("sound that begins within the clip begins where it did", async () => {
  const clip = played(await cut(path("late.mkv"), { at: 3 }));
  expect(clip).toMatchObject(whole);
  // The clip begins with the key picture at 1 s, or at 2 s.
  expect((clip?.soundStartsAt ?? 9) % 1).toBeCloseTo(0.5, 1);
});

describe("a clip is of what is on one side of a break", () => {
  test.each([
    { at: 5, readTo: 9, width: 160, most: 3.1 },
    { at: 6.5, readTo: 9, width: 320, most: 3.1 },
  ])("of the container: $width at $at s", async ({ at, readTo, width, most }) => {
    const clip = played(await cut(`${server.url}/changes.m3u8`, { at, readTo }));
    expect(clip).toMatchObject({ ...whole, width, codecs: "aac h264" });
    expect(clip?.seconds).toBeGreaterThan(1);
    expect(clip?.seconds).toBeLessThan(most);
  });

  test.each([3.5, 4.5])("of the clock: at %d s", async (at) => {
    const clip = played(await cut(path("jump.mkv"), { at, readTo: 6 }));
    expect(clip).toMatchObject(whole);
    expect(clip?.seconds).toBeGreaterThan(0.9);
    expect(clip?.seconds).toBeLessThan(3.1);
  });
});

describe("packets are kept for a while", () => {
  test("of what was long ago, the clip has what is there still", async () => {
    const clip = played(await cut(path("regular.ts"), { at: 2, readTo: 25 }));
    expect(clip).toBeNull();
    const late = await cut(path("regular.ts"), { at: 15, readTo: 25 });
    expect(played(late)?.seconds).toBeLessThan(3.5);
  });

  test("where key pictures are far apart, the clip begins with the last one, as long as it is kept", async () => {
    const clip = played(await cut(path("sparse.ts"), { at: 20 }));
    expect(clip).toMatchObject(whole);
    expect(clip?.seconds).toBeCloseTo(22, 0);
    expect(await cut(path("sparse.ts"), { at: 35 })).toBeNull();
  });

  test("but no more than 12 MB of them", async () => {
    const clip = await cut(path("heavy.avi"), { at: 0, readTo: 3 });
    expect(clip?.bytes.length ?? 0).toBeLessThan(13 * 1024 * 1024);
  });
});

test.each(["odd.avi", "bare.h264"])("of %s no clip can be made", async (name) => {
  expect(await cut(path(name), { at: 3 })).toBeNull();
});

test("nothing is kept where nobody asks for it", async () => {
  const reader = await openMedia(path("av.ts"), { allowPrivate: false });
  await reader.next();
  expect(reader.cutClip({ fromSeconds: 0, atSeconds: 0, toSeconds: 1, audioTrack: 0 })).toBeNull();
  await reader.close();
});
