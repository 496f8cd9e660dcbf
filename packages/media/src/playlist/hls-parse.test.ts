import { GlasswatchError } from "@glasswatch/core/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HlsMaster, type HlsMedia, parseHls } from "./hls-parse.ts";

const base = "https://cdn.example/show/index.m3u8";

function media(...lines: string[]): HlsMedia {
  return parseHls(base, ["#EXTM3U", "#EXT-X-TARGETDURATION:6", ...lines].join("\n")) as HlsMedia;
}

function master(...lines: string[]): HlsMaster {
  return parseHls(base, ["#EXTM3U", ...lines].join("\n")) as HlsMaster;
}

describe("media playlists", () => {
  test("segments, their places and addresses", () => {
    const parsed = media(
      "#EXT-X-MEDIA-SEQUENCE:7",
      "#EXTINF:5.5,",
      "a.ts",
      "#EXTINF:4,title",
      "/b.ts?x=1",
      "#EXT-X-GAP",
      "#EXTINF:4,",
      "https://other.example/c.ts",
      "#EXT-X-ENDLIST",
    );
    expect(parsed).toMatchObject({ kind: "media", ended: true, targetDurationSeconds: 6 });
    expect(parsed.segments).toMatchObject([
      { number: 7, url: "https://cdn.example/show/a.ts", startSeconds: 0, durationSeconds: 5.5, gap: false },
      { number: 8, url: "https://cdn.example/b.ts?x=1", startSeconds: 5.5, gap: false },
      { number: 9, url: "https://other.example/c.ts", startSeconds: 9.5, gap: true },
    ]);
  });

  test("byte ranges go on where the one before ended", () => {
    const { segments } = media("#EXTINF:1,", "#EXT-X-BYTERANGE:100@50", "a", "#EXTINF:1,", "#EXT-X-BYTERANGE:10", "a");
    expect(segments.map(({ range }) => range)).toEqual([
      { offsetBytes: 50, lengthBytes: 100 },
      { offsetBytes: 150, lengthBytes: 10 },
    ]);
  });

  test("maps, keys and discontinuities hold until they change", () => {
    const { segments } = media(
      '#EXT-X-MAP:URI="init.mp4",BYTERANGE="30@2"',
      '#EXT-X-KEY:METHOD=AES-128,URI="k1",IV=0x000102030405060708090A0B0C0D0E0F',
      "#EXTINF:1,",
      "a",
      '#EXT-X-KEY:METHOD=AES-128,URI="k2"',
      "#EXTINF:1,",
      "b",
      "#EXT-X-DISCONTINUITY",
      "#EXT-X-KEY:METHOD=NONE",
      '#EXT-X-MAP:URI="init2.mp4"',
      "#EXTINF:1,",
      "c",
    );
    const [a, b, c] = segments;
    expect(a?.init).toMatchObject({
      url: "https://cdn.example/show/init.mp4",
      range: { offsetBytes: 2, lengthBytes: 30 },
    });
    expect(a?.key?.url).toBe("https://cdn.example/show/k1");
    expect([...(a?.key?.iv ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(b?.key?.url).toBe("https://cdn.example/show/k2");
    expect([...(b?.key?.iv ?? [])]).toEqual([...new Array(15).fill(0), 1]);
    expect(c).toMatchObject({ timeline: 1, init: { url: "https://cdn.example/show/init2.mp4" } });
    expect(c?.key).toBeUndefined();
  });

  test("without an end tag it is live, unless its type says that it never changes", () => {
    expect(media("#EXTINF:1,", "a").ended).toBe(false);
    expect(media("#EXT-X-PLAYLIST-TYPE:VOD", "#EXTINF:1,", "a").ended).toBe(true);
  });
});

describe("master playlists", () => {
  test("the variant with the highest bandwidth, and all sound renditions of its group", () => {
    const parsed = master(
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="hi",NAME="English",LANGUAGE="en",URI="en.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="hi",NAME="Deutsch",LANGUAGE="de",URI="de.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="hi",NAME="Within",LANGUAGE="fr"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="lo",NAME="English",LANGUAGE="en",URI="lo.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=100,AUDIO="lo"',
      "small.m3u8",
      '#EXT-X-STREAM-INF:BANDWIDTH=900,AUDIO="hi",RESOLUTION=1280x720',
      "large.m3u8",
      '#EXT-X-STREAM-INF:BANDWIDTH=500,AUDIO="lo"',
      "medium.m3u8",
    );
    expect(parsed.variant.url).toBe("https://cdn.example/show/large.m3u8");
    expect(parsed.audio).toEqual([
      { url: "https://cdn.example/show/en.m3u8", language: "en" },
      { url: "https://cdn.example/show/de.m3u8", language: "de" },
    ]);
  });
});

describe("what is refused", () => {
  const cases: { name: string; lines: string[]; code: string; message: RegExp }[] = [
    { name: "no segments", lines: ["#EXT-X-ENDLIST"], code: "bad-playlist", message: /no segments/ },
    {
      name: "key frames only",
      lines: ["#EXT-X-I-FRAMES-ONLY", "#EXTINF:1,", "a"],
      code: "bad-playlist",
      message: /key frames/,
    },
    { name: "a year", lines: ["#EXTINF:31536000,", "a"], code: "bad-playlist", message: /claims to last 31536000 s/ },
    { name: "file:", lines: ["#EXTINF:1,", "file:///etc/passwd"], code: "address-refused", message: /file: address/ },
    { name: "data:", lines: ["#EXTINF:1,", "data:text/plain,x"], code: "address-refused", message: /data: address/ },
    { name: "ftp:", lines: ["#EXTINF:1,", "ftp://h/a"], code: "address-refused", message: /ftp: address/ },
    { name: "no address", lines: ["#EXTINF:1,", "http://["], code: "bad-playlist", message: /no valid address/ },
    {
      name: "a key in a file",
      lines: ['#EXT-X-KEY:METHOD=AES-128,URI="file:///k"', "#EXTINF:1,", "a"],
      code: "address-refused",
      message: /a key has a file: address/,
    },
    {
      name: "SAMPLE-AES",
      lines: ['#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"', "#EXTINF:1,", "a"],
      code: "encrypted",
      message: /encrypted with SAMPLE-AES/,
    },
    {
      name: "FairPlay",
      lines: [
        '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://k",KEYFORMAT="com.apple.streamingkeydelivery"',
        "#EXTINF:1,",
        "a",
      ],
      code: "encrypted",
      message: /FairPlay/,
    },
    {
      name: "Widevine and PlayReady",
      lines: [
        '#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="data:,",KEYFORMAT="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"',
        '#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="data:,",KEYFORMAT="com.microsoft.playready"',
        "#EXTINF:1,",
        "a",
      ],
      code: "encrypted",
      message: /Widevine.*PlayReady/,
    },
    {
      name: "a session key",
      lines: [
        '#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://k",KEYFORMAT="com.apple.streamingkeydelivery"',
        "#EXT-X-STREAM-INF:BANDWIDTH=1",
        "a.m3u8",
      ],
      code: "encrypted",
      message: /FairPlay/,
    },
  ];
  test.each(cases)("$name", ({ lines, code, message }) => {
    const text = ["#EXTM3U", ...lines].join("\n");
    expect(() => parseHls(base, text)).toThrow(GlasswatchError);
    expect(() => parseHls(base, text)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  test("text that is no playlist", () => {
    expect(() => parseHls(base, "<html>")).toThrow(/does not begin with #EXTM3U/);
  });
});

const line = fc.oneof(
  fc.constantFrom(
    "#EXTINF:6.006,",
    "#EXTINF:-1",
    "#EXTINF:1e99,",
    "a.ts",
    '#EXT-X-KEY:METHOD=AES-128,URI="k",IV=0x1',
    '#EXT-X-KEY:METHOD=AES-128,URI="k",IV=0xZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ',
    '#EXT-X-MAP:URI=""',
    '#EXT-X-MAP:BYTERANGE="x"',
    "#EXT-X-BYTERANGE:9007199254740993@1",
    "#EXT-X-MEDIA-SEQUENCE:1.5",
    "#EXT-X-MEDIA-SEQUENCE:99999999999999999999",
    "#EXT-X-TARGETDURATION:0",
    "#EXT-X-DISCONTINUITY",
    "#EXT-X-STREAM-INF:BANDWIDTH=x",
    "#EXT-X-MEDIA:TYPE=AUDIO",
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="__proto__",NAME="constructor"',
    '#EXT-X-DEFINE:NAME="a",VALUE="{$a}"',
    "#EXT-X-DATERANGE:ID=1",
    "#EXT-X-ENDLIST",
    "#EXT-X-PROGRAM-DATE-TIME:never",
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ maxLength: 30 }).map((text) => `#EXT-X-${text}`),
);

test("whatever comes, a playlist or a GlasswatchError is what it gives", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.boolean(), (lines, begins) => {
      const text = [...(begins ? ["#EXTM3U"] : []), ...lines].join("\n");
      try {
        const parsed = parseHls(base, text);
        if (parsed.kind === "media") for (const { url } of parsed.segments) expect(url).toMatch(/^https?:/);
      } catch (error) {
        expect(error).toBeInstanceOf(GlasswatchError);
        expect((error as Error).message).not.toContain("\n");
      }
    }),
    { numRuns: 2000 },
  );
});

test("a playlist near the size limit is read in good time", () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `#EXTINF:2.0,\nsegment-${index}.ts`);
  const from = performance.now();
  expect(media(...lines, "#EXT-X-ENDLIST").segments).toHaveLength(100_000);
  expect(performance.now() - from).toBeLessThan(20_000);
});
