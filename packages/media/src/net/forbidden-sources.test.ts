import type { LookupAddress } from "node:dns";
import { afterEach, describe, expect, test } from "vitest";
import { type Routes, startHttpServer, type TestHttpServer } from "../../../../test/support/http-server.ts";
import { readAll as readMedia } from "../testing/read-all.ts";
import type { FetcherOptions } from "./fetcher.ts";
import { openFetchedSource } from "./open.ts";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(routes: Routes): Promise<TestHttpServer> {
  const server = await startHttpServer(routes);
  cleanups.push(() => server.close());
  return server;
}

/** Reads all of it, as a scan does. */
async function readAll(url: string, resolver: NonNullable<FetcherOptions["resolver"]>): Promise<number> {
  const limits = { retries: 0, firstRetryMs: 5, staleMs: 100 };
  const source = await openFetchedSource(url, { allowPrivate: true, limits, resolver });
  cleanups.push(() => source.close());
  let bytes = 0;
  for (const group of source.groups) {
    for (let period = await group.nextPeriod(); period !== null; period = await group.nextPeriod()) {
      for (let chunk = await period.bytes.read(65_536); chunk !== null; chunk = await period.bytes.read(65_536)) {
        bytes += chunk.length;
      }
    }
  }
  return bytes;
}

/** Answers one lookup after the other, the last answer for good; what it is asked for comes from this machine unless said. */
function names(answers: Readonly<Record<string, readonly string[]>>): NonNullable<FetcherOptions["resolver"]> {
  const asked = new Map<string, number>();
  return (hostname, _options, callback) => {
    const all = answers[hostname] ?? ["127.0.0.1"];
    const count = asked.get(hostname) ?? 0;
    asked.set(hostname, count + 1);
    const address = all[Math.min(count, all.length - 1)] ?? "";
    const found: LookupAddress[] = [{ address, family: address.includes(":") ? 6 : 4 }];
    queueMicrotask(() => callback(null, found));
  };
}

const segment = "x".repeat(1000);
const end = "#EXT-X-ENDLIST\n";

/** Where a source may name another address. */
const places: readonly { readonly place: string; readonly routes: (address: string) => Routes }[] = [
  { place: "a redirect", routes: (address) => ({ "/a": { redirect: address } }) },
  {
    place: "the second redirect",
    routes: (address) => ({ "/a": { redirect: "/b" }, "/b": { redirect: address } }),
  },
  { place: "a segment", routes: (address) => ({ "/a": { body: `#EXTM3U\n#EXTINF:1,\n${address}\n${end}` } }) },
  {
    place: "a segment's redirect",
    routes: (address) => ({ "/a": { body: `#EXTM3U\n#EXTINF:1,\ns.ts\n${end}` }, "/s.ts": { redirect: address } }),
  },
  {
    place: "a key",
    routes: (address) => ({
      "/a": { body: `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${address}"\n#EXTINF:1,\ns.ts\n${end}` },
      "/s.ts": { body: segment },
    }),
  },
  {
    place: "a key's redirect",
    routes: (address) => ({
      "/a": { body: `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:1,\ns.ts\n${end}` },
      ...{ "/s.ts": { body: segment }, "/k": { redirect: address } },
    }),
  },
  {
    place: "an initialisation",
    routes: (address) => ({
      "/a": { body: `#EXTM3U\n#EXT-X-MAP:URI="${address}"\n#EXTINF:1,\ns.m4s\n${end}` },
      "/s.m4s": { body: segment },
    }),
  },
  {
    place: "a variant",
    routes: (address) => ({ "/a": { body: `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${address}\n` } }),
  },
  {
    place: "a variant's redirect",
    routes: (address) => ({
      "/a": { body: "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n" },
      "/v.m3u8": { redirect: address },
    }),
  },
  {
    place: "a rendition of sound",
    routes: (address) => ({
      "/a": {
        body: `#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="s",NAME="s",URI="${address}"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="s"\nv.m3u8\n`,
      },
      "/v.m3u8": { body: `#EXTM3U\n#EXTINF:1,\ns.ts\n${end}` },
      "/s.ts": { body: segment },
    }),
  },
  {
    place: "a live playlist's next answer",
    routes: (address) => ({
      "/a": [{ body: "#EXTM3U\n#EXT-X-TARGETDURATION:0.04\n#EXTINF:0.04,\ns.ts\n" }, { redirect: address }],
      "/s.ts": { body: segment },
    }),
  },
  {
    place: "a base address of DASH",
    routes: (address) => ({
      "/a": {
        body: `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT2S"><Period><BaseURL>${address}</BaseURL><AdaptationSet mimeType="video/mp4"><SegmentTemplate media="$Number$.m4s" initialization="i.mp4" duration="2" timescale="1"/><Representation id="v" bandwidth="1" codecs="avc1.42c00d"/></AdaptationSet></Period></MPD>`,
      },
    }),
  },
];

const forbidden = [
  "http://169.254.169.254/latest/meta-data/",
  "http://2852039166/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://metadata.example/",
  "file:///etc/passwd",
];

const hostile = names({ "metadata.example": ["169.254.169.254"] });

describe.each(places)("$place", ({ routes }) => {
  test.each(forbidden)("leads not to %s", async (address) => {
    const server = await serve(routes(address));
    await expect(readAll(`${server.url}/a`, hostile)).rejects.toMatchObject({ code: "address-refused" });
  });
});

describe("a text that FFmpeg would open files for, named like media or like itself", () => {
  const texts = [
    "ffconcat version 1.0\nfile /etc/passwd\n",
    "ffconcat version 1.0\nfile http://169.254.169.254/latest/\n",
    "x\n#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 239.0.0.1\nt=0 0\nm=video 1234 RTP/AVP 96\n",
    "[playlist]\nFile1=/etc/passwd\n",
    "RTSPtextRTSP://127.0.0.1/",
  ];
  test.each(texts)("%j is no media", async (text) => {
    const names = ["/a.mp4", "/a.ffconcat", "/a.sdp"];
    const server = await serve(Object.fromEntries(names.map((name) => [name, { body: text.padEnd(4096) }])));
    for (const name of names) {
      expect(await readMedia(`${server.url}${name}`, { allowPrivate: true })).toMatchObject({
        errorCode: "not-media",
        units: [],
      });
    }
    expect(server.requests.map(({ path }) => path).filter((path) => !names.includes(path))).toEqual([]);
  });
});

describe("a name that stands for something else a moment later", () => {
  test("is judged again for each connection", async () => {
    const closing = { headers: { connection: "close" } };
    const server = await serve({
      "/a": { body: `#EXTM3U\n#EXTINF:1,\ns.ts\n${end}`, ...closing },
      "/s.ts": { body: segment, ...closing },
    });
    const rebinding = names({ "rebind.example": ["127.0.0.1", "169.254.169.254"] });
    const reading = readAll(`http://rebind.example:${server.port}/a`, rebinding);
    await expect(reading).rejects.toMatchObject({ code: "address-refused" });
    expect(server.requests.map(({ path }) => path)).toEqual(["/a"]);
  });

  test("is connected to where it was judged", async () => {
    const server = await serve({ "/a": { body: `#EXTM3U\n#EXTINF:1,\ns.ts\n${end}` }, "/s.ts": { body: segment } });
    expect(await readAll(`http://steady.example:${server.port}/a`, names({}))).toBe(segment.length);
  });
});
