import { createCipheriv } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Route } from "../../../../test/support/http-server.ts";
import {
  files,
  media,
  open,
  packets,
  pictures,
  play,
  playlist,
  readGroup,
  segment,
  serve,
  sound,
  withPlaylistMedia,
} from "../../../../test/support/playlist-media.ts";

withPlaylistMedia();

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
