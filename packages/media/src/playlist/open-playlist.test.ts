import { execFile } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Route, type Routes, startHttpServer, type TestHttpServer } from "../../../../test/support/http-server.ts";
import type { FetchedSource, SourceGroup, SourcePeriod } from "../byte-source.ts";
import type { FetchLimits } from "../net/fetch-limits.ts";
import { openFetchedSource } from "../net/open.ts";

const run = promisify(execFile);
/** Packets of the source; encoders differ in how many sound ones they make. */
let pictures = 0;
let sound = 0;

const fast: Partial<FetchLimits> = {
  firstByteMs: 1000,
  stallMs: 200,
  totalMs: 5000,
  retries: 1,
  firstRetryMs: 5,
  staleMs: 300,
};

let media = "";

async function ffmpeg(...options: string[]) {
  await run("ffmpeg", ["-v", "error", "-nostdin", "-y", ...options], { cwd: media });
}

/** 8 s of picture and sound in 2 s segments, in every form that playlists know. */
beforeAll(async () => {
  media = await mkdtemp(join(tmpdir(), "glasswatch-"));
  const source = ["-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=8", "-f", "lavfi", "-i", "sine=d=8:r=48000"];
  const x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-keyint_min", "50", "-sc_threshold", "0"];
  await ffmpeg(...source, ...x264, "-c:a", "aac", "source.mp4");
  const counted = await packets(await readFile(join(media, "source.mp4")));
  ({ video: pictures = 0, audio: sound = 0 } = counted);
  const hls = ["-i", "source.mp4", "-c", "copy", "-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod"];
  await ffmpeg(...hls, "-hls_segment_filename", "ts%d.ts", "ts.m3u8");
  await ffmpeg(
    ...hls,
    "-hls_segment_type",
    "fmp4",
    "-hls_fmp4_init_filename",
    "init.mp4",
    "-hls_segment_filename",
    "f%d.m4s",
    "fmp4.m3u8",
  );
  await ffmpeg(
    ...hls,
    "-hls_segment_type",
    "fmp4",
    "-hls_flags",
    "single_file",
    "-hls_segment_filename",
    "single.mp4",
    "single.m3u8",
  );
  await writeFile(join(media, "key"), "0123456789abcdef");
  await writeFile(join(media, "key.info"), "key\nkey\n");
  await ffmpeg(...hls, "-hls_key_info_file", "key.info", "-hls_segment_filename", "aes%d.ts", "aes.m3u8");
  await ffmpeg(
    "-i",
    "source.mp4",
    "-map",
    "0:v",
    "-c",
    "copy",
    "-f",
    "hls",
    "-hls_time",
    "2",
    "-hls_playlist_type",
    "vod",
    "video.m3u8",
  );
  await ffmpeg(
    "-i",
    "source.mp4",
    "-map",
    "0:a",
    "-c",
    "copy",
    "-f",
    "hls",
    "-hls_time",
    "2",
    "-hls_playlist_type",
    "vod",
    "audio.m3u8",
  );
  await ffmpeg(
    "-i",
    "source.mp4",
    "-map",
    "0:a",
    "-c",
    "copy",
    "-f",
    "segment",
    "-segment_time",
    "2",
    "-segment_format",
    "adts",
    "p%d.aac",
  );
  await ffmpeg("-i", "source.mp4", "-c", "copy", "-f", "dash", "-seg_duration", "2", "dash.mpd");
  await ffmpeg(
    "-i",
    "source.mp4",
    "-c",
    "copy",
    "-f",
    "dash",
    "-single_file",
    "1",
    "-seg_duration",
    "2",
    "dash-single.mpd",
  );
});

afterAll(() => rm(media, { recursive: true }));

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(routes: Routes = {}): Promise<TestHttpServer> {
  const server = await startHttpServer({ "/": { folder: media }, ...routes });
  cleanups.push(() => server.close());
  return server;
}

async function open(input: string, signal?: AbortSignal): Promise<FetchedSource> {
  const source = await openFetchedSource(input, { allowPrivate: true, limits: fast, ...(signal && { signal }) });
  cleanups.push(() => source.close());
  return source;
}

type ReadPeriod = Omit<SourcePeriod, "bytes"> & { readonly content: Buffer };

async function readGroup(group: SourceGroup | undefined): Promise<{ periods: ReadPeriod[]; error: unknown }> {
  const periods: ReadPeriod[] = [];
  try {
    for (let period = await group?.nextPeriod(); period; period = await group?.nextPeriod()) {
      const { bytes, ...rest } = period;
      const chunks: Uint8Array[] = [];
      for (let chunk = await bytes.read(10_000); chunk !== null; chunk = await bytes.read(10_000)) chunks.push(chunk);
      periods.push({ ...rest, content: Buffer.concat(chunks) });
    }
    return { periods, error: undefined };
  } catch (error) {
    return { periods, error };
  }
}

async function play(text: string, routes: Routes = {}) {
  const server = await serve({ "/play.m3u8": { body: text }, ...routes });
  const source = await open(`${server.url}/play.m3u8`);
  return { server, source, ...(await readGroup(source.groups[0])) };
}

/** Packets of picture and sound that ffprobe finds in these bytes. */
async function packets(content: Buffer): Promise<Record<string, number>> {
  const file = join(media, "read.bin");
  await writeFile(file, content);
  const probe = [
    "-v",
    "error",
    "-count_packets",
    "-show_entries",
    "stream=codec_type,nb_read_packets",
    "-of",
    "json",
    file,
  ];
  const { streams } = JSON.parse((await run("ffprobe", probe)).stdout);
  return Object.fromEntries(
    streams.map((stream: Record<string, string>) => [stream["codec_type"], Number(stream["nb_read_packets"])]),
  );
}

async function files(prefix: string): Promise<Buffer[]> {
  const names = (await readdir(media)).filter((name) => name.startsWith(prefix) && /\d\.\w+$/.test(name)).sort();
  return Promise.all(names.map((name) => readFile(join(media, name))));
}

const playlist = (...lines: string[]) =>
  ["#EXTM3U", "#EXT-X-TARGETDURATION:2", ...lines, "#EXT-X-ENDLIST", ""].join("\n");
const segment = (uri: string) => `#EXTINF:2,\n${uri}`;

describe("HLS as ffmpeg writes it", () => {
  test("transport stream: the bytes of its segments", async () => {
    const server = await serve();
    const source = await open(`${server.url}/ts.m3u8`);
    expect(source.live).toBe(false);
    expect(source.groups[0]?.durationSeconds).toBeCloseTo(8, 1);
    const { periods } = await readGroup(source.groups[0]);
    expect(periods).toMatchObject([
      { demuxer: "mpegts", declaredDiscontinuity: false, timeline: 0, clockOffsetSeconds: 0 },
    ]);
    expect(periods[0]?.content.equals(Buffer.concat(await files("ts")))).toBe(true);
  });

  test.each(["ts", "fmp4", "single", "aes"])("%s.m3u8: every packet, over HTTP and from the folder", async (name) => {
    const server = await serve();
    for (const input of [`${server.url}/${name}.m3u8`, join(media, `${name}.m3u8`)]) {
      const { periods, error } = await readGroup((await open(input)).groups[0]);
      expect(error).toBeUndefined();
      expect(periods).toHaveLength(1);
      expect(await packets(periods[0]?.content as Buffer)).toEqual({ video: pictures, audio: sound });
    }
  });

  test("sound of its own in two languages", async () => {
    const body = `#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",URI="audio.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Deutsch",LANGUAGE="de",URI="audio.m3u8?de"
#EXT-X-STREAM-INF:BANDWIDTH=1000,AUDIO="a"
video.m3u8
`;
    const server = await serve({ "/master.m3u8": { body } });
    const { groups } = await open(`${server.url}/master.m3u8`);
    expect(groups.map(({ language }) => language)).toEqual([undefined, "en", "de"]);
    const contents = await Promise.all(groups.map(async (group) => (await readGroup(group)).periods[0]?.content));
    expect(await packets(contents[0] as Buffer)).toEqual({ video: pictures });
    for (const content of contents.slice(1)) expect(await packets(content as Buffer)).toEqual({ audio: sound });
  });
});

test.each(["dash", "dash-single"])("DASH as ffmpeg writes it: %s.mpd", async (name) => {
  const server = await serve();
  const { groups } = await open(`${server.url}/${name}.mpd`);
  const [video, audio] = await Promise.all(groups.map(readGroup));
  expect(video?.error ?? audio?.error).toBeUndefined();
  expect(video?.periods).toMatchObject([{ demuxer: "mov", declaredDiscontinuity: false }]);
  expect(await packets(video?.periods[0]?.content as Buffer)).toEqual({ video: pictures });
  expect(await packets(audio?.periods[0]?.content as Buffer)).toEqual({ audio: sound });
});

describe("encryption", () => {
  function encrypt(content: Buffer, key: string, iv: Buffer): Buffer {
    const cipher = createCipheriv("aes-128-cbc", key, iv);
    return Buffer.concat([cipher.update(content), cipher.final()]);
  }

  test("keys that rotate, with the sequence number for an IV, and back in clear", async () => {
    const plain = await files("ts");
    const [a, b, c] = plain as [Buffer, Buffer, Buffer];
    const text = playlist(
      "#EXT-X-MEDIA-SEQUENCE:300",
      '#EXT-X-KEY:METHOD=AES-128,URI="k1"',
      segment("a"),
      '#EXT-X-KEY:METHOD=AES-128,URI="k2",IV=0x0102030405060708090a0b0c0d0e0f10',
      segment("b"),
      "#EXT-X-KEY:METHOD=NONE",
      segment("c"),
    );
    const sequence = Buffer.alloc(16);
    sequence.writeUInt16BE(300, 14);
    const { periods, error, server } = await play(text, {
      "/k1": { body: "1111111111111111" },
      "/k2": { body: "2222222222222222" },
      "/a": { body: encrypt(a, "1111111111111111", sequence) },
      "/b": { body: encrypt(b, "2222222222222222", Buffer.from("0102030405060708090a0b0c0d0e0f10", "hex")) },
      "/c": { body: c },
    });
    expect(error).toBeUndefined();
    expect(periods[0]?.content.equals(Buffer.concat([a, b, c]))).toBe(true);
    expect(server.requests.filter(({ path }) => path.startsWith("/k"))).toHaveLength(2);
  });

  const keys: { name: string; route: Route; message: RegExp }[] = [
    { name: "denied", route: { status: 403 }, message: /key could not be had: .*403 Forbidden/ },
    { name: "too long", route: { body: "0".repeat(17) }, message: /more than 16 bytes/ },
    { name: "too short", route: { body: "0" }, message: /has 1 bytes instead of 16/ },
    { name: "wrong", route: { body: "wrong-wrong-wrong".slice(0, 16) }, message: /does not decrypt/ },
  ];
  test.each(keys)("a key that is $name", async ({ route, message }) => {
    const text = playlist('#EXT-X-KEY:METHOD=AES-128,URI="k"', segment("a"));
    const body = encrypt((await files("ts"))[0] as Buffer, "0123456789abcdef", Buffer.alloc(16));
    const { error } = await play(text, { "/k": route, "/a": { body } });
    expect(error).toMatchObject({ code: "encrypted", message: expect.stringMatching(message) });
  });
});

describe("periods", () => {
  test("begin at discontinuities and at new initialisations", async () => {
    const text = playlist(
      '#EXT-X-MAP:URI="init.mp4"',
      segment("f0.m4s"),
      segment("f1.m4s"),
      '#EXT-X-MAP:URI="init.mp4?2"',
      segment("f2.m4s"),
      "#EXT-X-DISCONTINUITY",
      "#EXT-X-DISCONTINUITY",
      segment("ts0.ts"),
    );
    const { periods } = await play(text);
    const init = await readFile(join(media, "init.mp4"));
    expect(periods).toMatchObject([
      { timeline: 0, declaredDiscontinuity: false, startSeconds: 0, demuxer: "mov" },
      { timeline: 0, declaredDiscontinuity: false, startSeconds: 4, demuxer: "mov" },
      { timeline: 2, declaredDiscontinuity: true, startSeconds: 6 },
    ]);
    expect(periods[1]?.content.subarray(0, init.length).equals(init)).toBe(true);
  });

  test("of packed audio take their clock from ID3 tags, which are dropped", async () => {
    const parts = await files("p");
    const tag = (seconds: number) => {
      const frame = Buffer.from(
        "PRIV\0\0\0\x35\0\0com.apple.streaming.transportStreamTimestamp\0\0\0\0\0\0\0\0\0",
        "latin1",
      );
      frame.writeBigUInt64BE(BigInt(seconds * 90_000), frame.length - 8);
      return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, frame.length]), frame]);
    };
    const at = (index: number) => Buffer.concat([tag(10 + index * 2), parts[index] as Buffer]);
    const text = playlist(segment("0"), segment("1"), "#EXT-X-GAP", segment("2"), segment("3"));
    const { periods } = await play(text, { "/0": { body: at(0) }, "/1": { body: at(1) }, "/3": { body: at(3) } });
    expect(periods).toMatchObject([
      { demuxer: "aac", clockOffsetSeconds: 10, startSeconds: 0, declaredDiscontinuity: false },
      { demuxer: "aac", clockOffsetSeconds: 16, startSeconds: 6, declaredDiscontinuity: false },
    ]);
    expect(periods[0]?.content.equals(Buffer.concat(parts.slice(0, 2)))).toBe(true);
    expect(periods[1]?.content.equals(parts[3] as Buffer)).toBe(true);
  });

  test("do not break where the packager says that there is a gap", async () => {
    const { periods, error } = await play(
      playlist(segment("ts0.ts"), "#EXT-X-GAP", segment("missing"), segment("ts2.ts")),
    );
    const [a, , c] = (await files("ts")) as [Buffer, Buffer, Buffer];
    expect(error).toBeUndefined();
    expect(periods.map(({ content }) => content.equals(Buffer.concat([a, c])))).toEqual([true]);
  });
});

describe("segments that cannot be had", () => {
  const names = ["ts0.ts", "ts1.ts", "ts2.ts", "ts3.ts"];
  const cases: {
    name: string;
    bad: Record<string, Route>;
    code: string;
    message: RegExp;
    read: (all: Buffer[]) => Buffer[];
  }[] = [
    {
      name: "one is missing",
      bad: { "/ts1.ts": { status: 404 } },
      code: "http-status",
      message:
        /1 of 4 segments could not be read, the first of them segment 1 at 2.0 s \(.*ts1.ts.*404.*\); the others were/,
      read: ([a, , c, d]) => [a, c, d] as Buffer[],
    },
    {
      name: "one breaks off for good",
      bad: { "/ts1.ts": { body: "x".repeat(10_000), fault: { kind: "cut", atByte: 5000 }, ranges: false } },
      code: "connection-lost",
      message: /segment 1 at 2.0 s .*after 5,000 of 10,000 bytes/,
      read: ([a, , c, d]) => [a, Buffer.from("x".repeat(5000)), c, d] as Buffer[],
    },
    {
      name: "one stalls",
      bad: { "/ts3.ts": { body: "x".repeat(100), fault: { kind: "stall", atByte: 0 } } },
      code: "timed-out",
      message: /1 of 4 .*segment 3/,
      read: ([a, b, c]) => [a, b, c] as Buffer[],
    },
    {
      name: "three in a row",
      bad: { "/ts1.ts": { status: 404 }, "/ts2.ts": { status: 500 }, "/ts3.ts": { status: 404 } },
      code: "http-status",
      message: /3 segments could not be read.*gave up/,
      read: ([a]) => [a] as Buffer[],
    },
  ];
  test.each(cases)("$name: the rest is read, and then it is told", async ({ bad, code, message, read }) => {
    const { periods, error } = await play(playlist(...names.map(segment)), bad);
    expect(Buffer.concat(periods.map(({ content }) => content)).equals(Buffer.concat(read(await files("ts"))))).toBe(
      true,
    );
    expect(error).toMatchObject({ code, exitCode: 3, message: expect.stringMatching(message) });
  });

  test.each([true, false])("one that breaks off once is completed, with ranges %s", async (ranges) => {
    const file = join(media, "ts1.ts");
    const broken: Route = { file, ranges, fault: { kind: "cut", atByte: 5000 }, faultTimes: 1 };
    const { periods, error } = await play(playlist(...names.map(segment)), { "/ts1.ts": broken });
    expect(error).toBeUndefined();
    expect(periods[0]?.content.equals(Buffer.concat(await files("ts")))).toBe(true);
  });

  test("none at all: there is nothing to read", async () => {
    const { periods, error } = await play(playlist(segment("no1"), segment("no2")));
    expect(periods).toHaveLength(0);
    expect(error).toMatchObject({ code: "http-status", message: expect.stringMatching(/2 of 2 segments/) });
  });

  test("one on a machine that may not be reached ends it", async () => {
    const { error } = await play(playlist(segment("ts0.ts"), segment("http://169.254.169.254/latest/")));
    expect(error).toMatchObject({ code: "address-refused" });
  });
});

describe("master playlists that lead nowhere", () => {
  const master = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n";
  test.each([
    ["to itself", "play.m3u8", "bad-playlist", /is a master playlist where a media/],
    ["to nothing", "no.m3u8", "http-status", /404/],
    ["to a web page", "page.html", "bad-playlist", /does not begin with #EXTM3U/],
  ])("%s", async (_name, uri, code, message) => {
    const server = await serve({ "/play.m3u8": { body: master + uri }, "/page.html": { body: "<html>" } });
    await expect(open(`${server.url}/play.m3u8`)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe("live playlists", () => {
  const live = (sequence: number, ...lines: string[]) =>
    ["#EXTM3U", "#EXT-X-TARGETDURATION:0.04", `#EXT-X-MEDIA-SEQUENCE:${sequence}`, ...lines, ""].join("\n");
  const short = (uri: string) => `#EXTINF:0.04,\n${uri}`;

  test("are followed to their end, each segment once", async () => {
    const server = await serve({
      "/live.m3u8": [
        { body: live(0, short("ts0.ts"), short("ts1.ts")) },
        { body: live(0, short("ts0.ts"), short("ts1.ts")) },
        { status: 404 },
        { body: live(1, short("ts1.ts"), short("ts2.ts")) },
        { body: live(2, short("ts2.ts"), short("ts3.ts"), "#EXT-X-ENDLIST") },
      ],
    });
    const source = await open(`${server.url}/live.m3u8`);
    expect(source.live).toBe(true);
    const { periods, error } = await readGroup(source.groups[0]);
    expect(error).toBeUndefined();
    expect(periods.map(({ content }) => content.length)).toEqual([Buffer.concat(await files("ts")).length]);
  });

  test("keep count of discontinuities that have left the playlist", async () => {
    const server = await serve({
      "/live.m3u8": [
        { body: live(0, short("ts0.ts"), "#EXT-X-DISCONTINUITY", short("ts1.ts")) },
        { body: live(1, "#EXT-X-DISCONTINUITY-SEQUENCE:1", short("ts1.ts"), short("ts2.ts")) },
        { body: live(2, short("ts2.ts"), "#EXT-X-DISCONTINUITY", short("ts3.ts"), "#EXT-X-ENDLIST") },
      ],
    });
    const { periods } = await readGroup((await open(`${server.url}/live.m3u8`)).groups[0]);
    expect(periods.map(({ timeline, startSeconds }) => [timeline, startSeconds])).toEqual([
      [0, 0],
      [1, 0.04],
      [2, expect.closeTo(0.12, 6)],
    ]);
  });

  test("that are restarted count from the start again, on a new clock", async () => {
    const server = await serve({
      "/live.m3u8": [{ body: live(900, short("ts0.ts")) }, { body: live(0, short("ts1.ts"), "#EXT-X-ENDLIST") }],
    });
    const { periods } = await readGroup((await open(`${server.url}/live.m3u8`)).groups[0]);
    expect(periods).toMatchObject([{ timeline: 0 }, { timeline: 1, declaredDiscontinuity: true }]);
  });

  test("that no longer change have stopped", async () => {
    const server = await serve({ "/live.m3u8": { body: live(0, short("ts0.ts")) } });
    const { periods, error } = await readGroup((await open(`${server.url}/live.m3u8`)).groups[0]);
    expect(periods).toHaveLength(1);
    expect(error).toMatchObject({ code: "timed-out", message: expect.stringMatching(/has not changed for/) });
  });

  test("that vanish say so", async () => {
    const server = await serve({ "/live.m3u8": [{ body: live(0, short("ts0.ts")) }, { status: 404 }] });
    const { error } = await readGroup((await open(`${server.url}/live.m3u8`)).groups[0]);
    expect(error).toMatchObject({ code: "http-status", message: expect.stringMatching(/404/) });
  });

  test.each(["the user stops it", "it is closed"])("end a wait when %s", async (how) => {
    const body = live(0, short("ts0.ts")).replace("0.04", "60");
    const server = await serve({ "/live.m3u8": { body } });
    const abort = new AbortController();
    const source = await open(`${server.url}/live.m3u8`, abort.signal);
    const reading = readGroup(source.groups[0]);
    setTimeout(() => (how === "it is closed" ? source.close() : abort.abort()), 50);
    expect((await reading).error).toMatchObject({ code: "interrupted" });
  });
});
