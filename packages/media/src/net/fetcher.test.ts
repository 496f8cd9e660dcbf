import type { LookupAddress } from "node:dns";
import { createServer } from "node:net";
import { GlasswatchError } from "@glasswatch/core/errors";
import { afterEach, describe, expect, test } from "vitest";
import { type Route, type Routes, startHttpServer, type TestHttpServer } from "../../../../test/support/http-server.ts";
import type { FetchLimits } from "./fetch-limits.ts";
import { type FetcherOptions, openFetcher } from "./fetcher.ts";
import { httpLoader } from "./http-loader.ts";

const fast: Partial<FetchLimits> = {
  connectMs: 5000,
  firstByteMs: 2000,
  stallMs: 1000,
  totalMs: 10_000,
  retries: 2,
  firstRetryMs: 5,
};

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function serve(routes: Routes): Promise<TestHttpServer> {
  const server = await startHttpServer(routes);
  cleanups.push(() => server.close());
  return server;
}

function loader(options: Partial<FetcherOptions> = {}) {
  const made = httpLoader(openFetcher({ allowPrivate: true, limits: fast, ...options }));
  cleanups.push(() => made.close());
  return made;
}

async function failure(promise: Promise<unknown>): Promise<GlasswatchError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GlasswatchError);
  expect((error as Error).message).not.toContain("\n");
  return error as GlasswatchError;
}

describe("what goes wrong with a request", () => {
  const cases: { name: string; route: Route; code: string; message: RegExp; requests: number }[] = [
    { name: "401", route: { status: 401 }, code: "http-status", message: /401 Unauthorized; put user/, requests: 1 },
    { name: "403", route: { status: 403 }, code: "http-status", message: /403 Forbidden; .*signature/, requests: 1 },
    {
      name: "404",
      route: { status: 404 },
      code: "http-status",
      message: /404 Not Found; check the address/,
      requests: 1,
    },
    { name: "418", route: { status: 418 }, code: "http-status", message: /418/, requests: 1 },
    { name: "500", route: { status: 500 }, code: "http-status", message: /500 Internal.*try again/, requests: 3 },
    { name: "503", route: { status: 503 }, code: "http-status", message: /503 Service Unavailable/, requests: 3 },
    {
      name: "429 that asks for more patience than there is",
      route: { status: 429, headers: { "retry-after": "3600" } },
      code: "http-status",
      message: /429 Too Many Requests/,
      requests: 1,
    },
    {
      name: "hang",
      route: { body: "x", fault: { kind: "hang" } },
      code: "timed-out",
      message: /never answered/,
      requests: 3,
    },
    { name: "closed", route: { fault: { kind: "refuse" } }, code: "connection-failed", message: /closed/, requests: 3 },
    { name: "loop", route: { redirect: "/x" }, code: "redirect-loop", message: /more than 5 redirects/, requests: 6 },
    {
      name: "to file:",
      route: { redirect: "file:///etc/passwd" },
      code: "address-refused",
      message: /file:/,
      requests: 1,
    },
    {
      name: "to metadata",
      route: { redirect: "http://169.254.169.254/latest/" },
      code: "address-refused",
      message: /link-local/,
      requests: 1,
    },
    { name: "too large", route: { body: "x".repeat(6e6) }, code: "bad-playlist", message: /5 MB/, requests: 1 },
    {
      name: "a bomb",
      route: { body: "x".repeat(6e6), encoding: "gzip" },
      code: "bad-playlist",
      message: /compression/,
      requests: 1,
    },
    {
      name: "stall within",
      route: { body: "x".repeat(100), fault: { kind: "stall", atByte: 10 } },
      code: "timed-out",
      message: /too slowly/,
      requests: 1,
    },
    {
      name: "trickle",
      route: { body: "x".repeat(1000), fault: { kind: "trickle", chunkBytes: 1, intervalMs: 50 } },
      code: "timed-out",
      message: /too slowly/,
      requests: 1,
    },
  ];

  test.each(cases)("$name", async ({ route, code, message, requests }) => {
    const server = await serve({ "/x": route });
    const error = await failure(loader().readText(`${server.url}/x`));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.exitCode).toBe(3);
    expect(server.requests).toHaveLength(requests);
  });

  test("nothing listens", async () => {
    const server = await startHttpServer({});
    await server.close();
    const error = await failure(loader().readText(`${server.url}/x`));
    expect(error).toMatchObject({ code: "connection-failed", message: expect.stringMatching(/connection refused/) });
  });

  test("https where http is spoken", async () => {
    const server = await serve({ "/x": { body: "x" } });
    const error = await failure(loader().readText(`${server.url.replace("http:", "https:")}/x`));
    expect(error).toMatchObject({ code: "connection-failed", message: expect.stringMatching(/TLS/) });
  });

  test("something that does not speak HTTP", async () => {
    const server = createServer((socket) =>
      socket
        .on("error", () => {})
        .end("SSH-2.0-OpenSSH_9.2\r\n")
        .destroySoon(),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanups.push(() => new Promise((resolve) => server.close(() => resolve())));
    const { port } = server.address() as { port: number };
    const error = await failure(loader().readText(`http://127.0.0.1:${port}/x`));
    expect(error).toMatchObject({ code: "connection-failed", message: expect.stringMatching(/does not speak HTTP/) });
  });

  test("an address that is none", async () => {
    expect(await failure(loader().readText("http://["))).toMatchObject({ code: "connection-failed" });
  });

  test("the user stops it", async () => {
    const server = await serve({ "/x": { fault: { kind: "hang" } } });
    const abort = new AbortController();
    const reading = failure(loader({ signal: abort.signal, limits: {} }).readText(`${server.url}/x`));
    abort.abort();
    expect(await reading).toMatchObject({ code: "interrupted" });
  });
});

describe("what passes", () => {
  test.each(["gzip", "deflate", "br"] as const)("%s is undone", async (encoding) => {
    const server = await serve({ "/x": { body: "#EXTM3U\n", encoding } });
    expect(await loader().readText(`${server.url}/x`)).toEqual({ url: `${server.url}/x`, text: "#EXTM3U\n" });
  });

  test("a server that recovers is asked again", async () => {
    const server = await serve({ "/x": [{ status: 503 }, { fault: { kind: "refuse" } }, { body: "fine" }] });
    expect((await loader().readText(`${server.url}/x`)).text).toBe("fine");
  });

  test("five redirects, and what is relative is relative to the last", async () => {
    const hops = Object.fromEntries(
      [1, 2, 3, 4, 5].map((n) => [`/${n}`, { redirect: n === 5 ? "/end/x" : `/${n + 1}` }]),
    );
    const server = await serve({ ...hops, "/end/x": { body: "fine" } });
    expect(await loader().readText(`${server.url}/1`)).toEqual({ url: `${server.url}/end/x`, text: "fine" });
  });
});

describe("credentials", () => {
  test("go to their own origin for good, and to no other", async () => {
    const other = await serve({ "/y": { body: "elsewhere" } });
    const credentials = { user: "me", password: "p@ss" };
    const server = await serve({
      "/x": { body: "in", credentials },
      "/away": { redirect: `${other.url}/y`, credentials },
    });
    const fetch = loader();
    const withUser = (path: string) => `http://me:p%40ss@127.0.0.1:${server.port}${path}`;
    expect(await fetch.readText(withUser("/x"))).toEqual({ url: `${server.url}/x`, text: "in" });
    expect((await fetch.readText(`${server.url}/x`)).text).toBe("in");
    expect((await fetch.readText(withUser("/away"))).text).toBe("elsewhere");
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test("show in no message", async () => {
    const server = await serve({});
    const error = await failure(loader().readText(`http://me:hunter2@127.0.0.1:${server.port}/x?token=hunter2`));
    expect(error.message).not.toContain("hunter2");
  });
});

describe("names", () => {
  function resolver(...answers: readonly (readonly string[])[]) {
    const asked: string[] = [];
    const resolve: FetcherOptions["resolver"] = (hostname, _options, callback) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(hostname);
      const addresses: LookupAddress[] = answer.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
      queueMicrotask(() => callback(null, addresses));
    };
    return { asked, resolve };
  }

  test("that resolve to private addresses are refused", async () => {
    const server = await serve({ "/x": { body: "secret" } });
    const { resolve } = resolver(["127.0.0.1"]);
    const url = `http://media.example:${server.port}/x`;
    const error = await failure(loader({ allowPrivate: false, resolver: resolve }).readText(url));
    expect(error).toMatchObject({
      code: "address-refused",
      message: expect.stringMatching(/media\.example.*loopback/),
    });
    expect(server.requests).toHaveLength(0);
  });

  test("are resolved once, and the connection goes to what was checked", async () => {
    const server = await serve({ "/x": { body: "fine" } });
    const { asked, resolve } = resolver(["127.0.0.1"], ["169.254.169.254"]);
    const fetch = loader({ resolver: resolve });
    expect((await fetch.readText(`http://media.example:${server.port}/x`)).text).toBe("fine");
    expect(asked).toEqual(["media.example"]);
  });

  test("keep their admissible addresses only", async () => {
    const server = await serve({ "/x": { body: "fine" } });
    const { resolve } = resolver(["169.254.169.254", "fe80::1", "127.0.0.1"]);
    expect((await loader({ resolver: resolve }).readText(`http://media.example:${server.port}/x`)).text).toBe("fine");
  });

  test("are checked behind a redirect too", async () => {
    const { resolve } = resolver(["127.0.0.1"], ["169.254.169.254"]);
    const server = await serve({ "/x": { redirect: "http://metadata.example/latest" } });
    const error = await failure(loader({ resolver: resolve }).readText(`http://media.example:${server.port}/x`));
    expect(error).toMatchObject({ code: "address-refused", message: expect.stringMatching(/metadata\.example/) });
  });

  test("that do not exist", async () => {
    const missing: FetcherOptions["resolver"] = (_hostname, _options, callback) =>
      callback(Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }), []);
    const error = await failure(loader({ resolver: missing }).readText("http://nowhere.invalid/x"));
    expect(error).toMatchObject({ code: "connection-failed", message: expect.stringMatching(/no host named nowhere/) });
  });
});

test("literal private addresses are refused unless admitted", async () => {
  const server = await serve({ "/x": { body: "secret" } });
  for (const host of ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]) {
    const error = await failure(loader({ allowPrivate: false }).readText(`http://${host}:${server.port}/x`));
    expect(error.code).toBe("address-refused");
  }
  expect(server.requests).toHaveLength(0);
});
