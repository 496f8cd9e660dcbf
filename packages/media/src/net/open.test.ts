import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GlasswatchError } from "@glasswatch/core/errors";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type Route, type Routes, startHttpServer, type TestHttpServer } from "../../../../test/support/http-server.ts";
import type { ByteSource, FetchedSource } from "../byte-source.ts";
import type { FetchLimits } from "./fetch-limits.ts";
import { isFetched } from "./is-fetched.ts";
import { openFetchedSource } from "./open.ts";

const fast: Partial<FetchLimits> = {
  connectMs: 5000,
  firstByteMs: 2000,
  stallMs: 2000,
  totalMs: 10_000,
  retries: 2,
  firstRetryMs: 5,
};

/** No byte order of which looks like anything. */
function noise(bytes: number): Uint8Array {
  const content = new Uint8Array(bytes);
  let state = 1;
  for (let index = 0; index < bytes; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    content[index] = (state >>> 16) | 0x80;
  }
  return content;
}

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(routes: Routes): Promise<TestHttpServer> {
  const server = await startHttpServer(routes);
  cleanups.push(() => server.close());
  return server;
}

async function open(input: string, signal?: AbortSignal): Promise<FetchedSource> {
  const source = await openFetchedSource(input, { allowPrivate: true, limits: fast, ...(signal && { signal }) });
  cleanups.push(() => source.close());
  return source;
}

async function openBytes(route: Route): Promise<{ bytes: ByteSource; server: TestHttpServer }> {
  const server = await serve({ "/file": route });
  const period = await (await open(`${server.url}/file`)).groups[0]?.nextPeriod();
  if (!period) throw new Error("no period");
  return { bytes: period.bytes, server };
}

async function readToEnd(bytes: ByteSource, maxBytes = 65_536): Promise<{ read: Buffer; error: unknown }> {
  const chunks: Uint8Array[] = [];
  try {
    for (let chunk = await bytes.read(maxBytes); chunk !== null; chunk = await bytes.read(maxBytes)) {
      expect(chunk.length).toBeLessThanOrEqual(maxBytes);
      expect(chunk.length).toBeGreaterThan(0);
      chunks.push(chunk);
    }
    return { read: Buffer.concat(chunks), error: undefined };
  } catch (error) {
    return { read: Buffer.concat(chunks), error };
  }
}

const content = noise(5_000_000);

describe("a plain file", () => {
  test.each([true, false])("is read whole in one request, with ranges %s", async (ranges) => {
    const { bytes, server } = await openBytes({ body: content, ranges });
    expect(bytes.sizeBytes).toBe(content.length);
    expect((await readToEnd(bytes)).read.equals(content)).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  test.each([true, false])("gives the same bytes wherever it is read, with ranges %s", async (ranges) => {
    const { bytes } = await openBytes({ body: content, ranges });
    expect(bytes.seekable).toBe(true);
    const steps = fc.array(
      fc.record({ at: fc.nat(content.length + 10), length: fc.integer({ min: 1, max: 300_000 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (visits) => {
        for (const { at, length } of visits) {
          bytes.seek(at);
          const chunk = await bytes.read(length);
          if (at >= content.length) expect(chunk).toBeNull();
          else expect(chunk && Buffer.compare(chunk, content.subarray(at, at + chunk.length))).toBe(0);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("small steps ahead and probing at the start cost no request, a long way costs one", async () => {
    const { bytes, server } = await openBytes({ body: content });
    for (const at of [0, 500_000, 1000, 900_000, 0]) {
      bytes.seek(at);
      await bytes.read(1000);
    }
    expect(server.requests).toHaveLength(1);
    bytes.seek(4_900_000);
    expect((await readToEnd(bytes)).read.length).toBe(100_000);
    expect(server.requests.map(({ headers }) => headers.range)).toEqual(["bytes=0-", "bytes=4900000-"]);
  });

  test("too large for memory and without ranges is read forward only", async () => {
    const { bytes } = await openBytes({ body: noise(33 * 1024 * 1024), ranges: false });
    expect(bytes.seekable).toBe(false);
    bytes.seek(33 * 1024 * 1024 - 10);
    expect((await bytes.read(100))?.length).toBe(10);
    bytes.seek(32.5 * 1024 * 1024);
    await expect(bytes.read(100)).rejects.toThrow(/does not honour range requests; enable them/);
  });

  test("MP4 with its index at the end, too large and without ranges, is refused with advice", async () => {
    const body = noise(33 * 1024 * 1024);
    body.set(Buffer.from("\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08free\xff\xff\xff\xffmdat", "latin1"));
    const server = await serve({ "/file": { body, ranges: false } });
    await expect(open(`${server.url}/file`)).rejects.toThrow(/index at the end.*faststart/);
  });
});

describe("a broken connection", () => {
  const size = content.length;
  const cases: { name: string; route: Route; read: number; code: string | undefined; message?: RegExp }[] = [
    {
      name: "once, with ranges",
      route: { fault: { kind: "cut", atByte: 3e6 }, faultTimes: 1 },
      read: size,
      code: undefined,
    },
    { name: "at every million", route: { fault: { kind: "cut", atByte: 1e6 } }, read: size, code: undefined },
    {
      name: "stall once",
      route: { fault: { kind: "stall", atByte: 2e6 }, faultTimes: 1 },
      read: size,
      code: undefined,
    },
    {
      name: "without ranges",
      route: { ranges: false, fault: { kind: "cut", atByte: 3e6 } },
      read: 3e6,
      code: "connection-lost",
      message: /after 3,000,000 of 5,000,000 bytes/,
    },
    {
      name: "and the file is another afterwards",
      route: { headers: { etag: '"a"' }, ranges: false, fault: { kind: "cut", atByte: 1e6 }, faultTimes: 1 },
      read: 1e6,
      code: "connection-lost",
      message: /1,000,000 of 5,000,000/,
    },
    {
      name: "stall for good",
      route: { ranges: false, fault: { kind: "stall", atByte: 1e6 } },
      read: 1e6,
      code: "timed-out",
      message: /next to nothing came for 2 s, after 1,000,000 of 5,000,000 bytes/,
    },
    {
      name: "content-length that promises more",
      route: { ranges: false, headers: { "content-length": "6000000" }, fault: { kind: "cut", atByte: 5e6 } },
      read: size,
      code: "connection-lost",
      message: /5,000,000 of 6,000,000/,
    },
  ];
  test.each(cases)("$name", async ({ route, read: expected, code, message }) => {
    const { bytes } = await openBytes({ body: content, ...route });
    const { read, error } = await readToEnd(bytes);
    expect(read.length).toBe(expected);
    expect(read.equals(content.subarray(0, expected))).toBe(true);
    expect((error as GlasswatchError | undefined)?.code).toBe(code);
    if (message) expect((error as Error).message).toMatch(message);
  });

  test("is told when all that came before has been read, however late", async () => {
    const { bytes, server } = await openBytes({ body: content, ranges: false, fault: { kind: "cut", atByte: 1e6 } });
    const first = await bytes.read(10);
    await server.requests[0]?.answered;
    const { read, error } = await readToEnd(bytes);
    expect((first?.length ?? 0) + read.length).toBe(1e6);
    expect(error).toMatchObject({ code: "connection-lost", message: expect.stringMatching(/after 1,000,000 of/) });
  });

  test("that never comes back ends the file with an error", async () => {
    const { bytes, server } = await openBytes({ body: content, fault: { kind: "cut", atByte: 1e6 } });
    await bytes.read(10);
    await server.close();
    const { error } = await readToEnd(bytes);
    expect(error).toMatchObject({ code: "connection-lost", exitCode: 3 });
  });

  test("the user stops a read that waits", async () => {
    const abort = new AbortController();
    const server = await serve({ "/file": { body: content, fault: { kind: "stall", atByte: 1e6 } } });
    const source = await openFetchedSource(`${server.url}/file`, { allowPrivate: true, signal: abort.signal });
    cleanups.push(() => source.close());
    const period = await source.groups[0]?.nextPeriod();
    const reading = readToEnd(period?.bytes as ByteSource);
    abort.abort();
    expect((await reading).error).toMatchObject({ code: "interrupted" });
  });

  test("closing ends a read that waits", async () => {
    const { bytes } = await openBytes({ body: content, fault: { kind: "stall", atByte: 1e6 } });
    const reading = readToEnd(bytes);
    await bytes.close();
    expect((await reading).error).toMatchObject({ code: "interrupted" });
  });
});

describe("what is no media", () => {
  const cases: { name: string; route: Route; code: string; message: RegExp }[] = [
    { name: "nothing", route: { body: "" }, code: "empty-file", message: /empty answer/ },
    {
      name: "nothing, without ranges",
      route: { body: "", ranges: false },
      code: "empty-file",
      message: /empty answer/,
    },
    { name: "a web page", route: { body: "\n<!DOCTYPE html><p>Sorry" }, code: "not-media", message: /web page/ },
    {
      name: "a playlist's name only",
      route: { body: "Sorry", headers: { "content-type": "application/x-mpegURL" } },
      code: "bad-playlist",
      message: /neither with #EXTM3U/,
    },
    {
      name: "compressed media",
      route: { body: "media", encoding: "gzip" },
      code: "not-media",
      message: /compressed \(gzip\)/,
    },
  ];
  test.each(cases)("$name", async ({ route, code, message }) => {
    const server = await serve({ "/file": route });
    const error = await openFetchedSource(`${server.url}/file`, { allowPrivate: true, limits: fast }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(GlasswatchError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test("a playlist is known by its first bytes, compressed or not, whatever its type", async () => {
    const body = "\uFEFF#EXTM3U\n#EXTINF:1,\na.ts\n#EXT-X-ENDLIST\n";
    const headers = { "content-type": "text/plain" };
    const server = await serve({ "/a": { body, headers }, "/b": { body, headers, encoding: "gzip" } });
    for (const path of ["/a", "/b"]) expect((await open(server.url + path)).groups[0]?.durationSeconds).toBe(1);
  });
});

describe("a local playlist", () => {
  async function folder(files: Readonly<Record<string, string>>): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), "glasswatch-"));
    cleanups.push(() => rm(made, { recursive: true }));
    for (const [name, text] of Object.entries(files)) await writeFile(join(made, name), text);
    return made;
  }

  async function readAll(input: string) {
    const period = await (await open(input)).groups[0]?.nextPeriod();
    return (await readToEnd(period?.bytes as ByteSource)).read.toString();
  }

  const playlist = (uri: string) => `#EXTM3U\n#EXTINF:1,\n${uri}\n#EXT-X-ENDLIST\n`;

  test("reads the files beside it", async () => {
    const made = await folder({ "a.m3u8": playlist("b%20c.ts"), "b c.ts": "segment" });
    expect(await readAll(join(made, "a.m3u8"))).toBe("segment");
    expect(await readAll(`file://${made}/a.m3u8`)).toBe("segment");
  });

  test("reads what is on the web through the guard", async () => {
    const server = await serve({ "/s.ts": { body: "segment" } });
    const made = await folder({ "a.m3u8": playlist(`${server.url}/s.ts`) });
    expect(await readAll(join(made, "a.m3u8"))).toBe("segment");
    await expect(
      readAll(join(await folder({ "a.m3u8": playlist("http://169.254.169.254/") }), "a.m3u8")),
    ).rejects.toThrow(/link-local/);
  });

  test.each(["/etc/passwd", "../secret", "file:///etc/passwd", "%2e%2e/secret"])(
    "reads nothing else: %s",
    async (uri) => {
      const made = await folder({ secret: "secret" });
      const inner = await mkdtemp(join(made, "inner-"));
      await writeFile(join(inner, "a.m3u8"), playlist(uri));
      await expect(readAll(join(inner, "a.m3u8"))).rejects.toMatchObject({ code: "address-refused" });
    },
  );

  test("that is missing, or none", async () => {
    const made = await folder({ "a.m3u8": "hello" });
    await expect(open(join(made, "b.m3u8"))).rejects.toMatchObject({ code: "file-not-found" });
    await expect(open(join(made, "a.m3u8"))).rejects.toMatchObject({ code: "bad-playlist" });
  });
});

test.each([
  ["http://h/a.mp4", true],
  ["HTTPS://h/", true],
  ["a.m3u8", true],
  ["file:///a.mpd", true],
  ["a.mp4", false],
])("%s is fetched: %s", (input, fetched) => {
  expect(isFetched(input)).toBe(fetched);
});
