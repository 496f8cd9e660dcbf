import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Route } from "../../../../test/support/http-server.ts";
import {
  files,
  media,
  open,
  play,
  playlist,
  readGroup,
  segment,
  serve,
  withPlaylistMedia,
} from "../../../../test/support/playlist-media.ts";

withPlaylistMedia();

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
