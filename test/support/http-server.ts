import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { body, headersOf, type Served } from "./http-content.ts";
import { deliver, type Fault } from "./http-faults.ts";

/** What a path answers. Everything that can go wrong with an HTTP server is said here as data. */
export interface Route {
  /** The content, in memory. */
  readonly body?: string | Uint8Array;
  /** The content, from a file. */
  readonly file?: string;
  /** Serves every file below this folder; for a route whose path ends in `/`. */
  readonly folder?: string;
  /** 200 by default, and then range requests are answered with 206 or 416. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether range requests are honoured; true by default. */
  readonly ranges?: boolean;
  /** Answers 302 (or `status`) to this address. */
  readonly redirect?: string;
  /** Compresses the content, whether or not the client asked for it. */
  readonly encoding?: "gzip" | "deflate" | "br";
  /** Basic credentials without which the answer is 401. */
  readonly credentials?: { readonly user: string; readonly password: string };
  readonly fault?: Fault;
  /** Only the first so many requests meet the fault; all of them by default. */
  readonly faultTimes?: number;
}

/** One answer for every request; or, in a list, one after the other, the last one for good. */
export type Routes = Readonly<Record<string, Route | readonly Route[]>>;

export interface SeenRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** Resolves when the answer is over, however it ended. */
  readonly answered: Promise<void>;
}

export interface TestHttpServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, in order. */
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Starts a server on the loopback interface, on a port of the system's choice. */
export async function startHttpServer(routes: Routes): Promise<TestHttpServer> {
  const requests: SeenRequest[] = [];
  const hits = new Map<string, number>();
  const server = createServer((request, response) => {
    const answered = new Promise<void>((resolve) => response.once("close", resolve));
    requests.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, answered });
    answer(routes, hits, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(routes: Routes, hits: Map<string, number>, request: IncomingMessage, response: ServerResponse) {
  const path = decodeURIComponent((request.url ?? "/").replace(/\?.*$/, ""));
  const key = findRoute(routes, path);
  const entry = key === undefined ? undefined : routes[key];
  if (key === undefined || entry === undefined) return plain(response, 404);
  const hit = hits.get(path) ?? 0;
  hits.set(path, hit + 1);
  const route = isList(entry) ? entry[Math.min(hit, entry.length - 1)] : entry;
  if (route === undefined) return plain(response, 404);
  if (route.credentials && request.headers.authorization !== basic(route.credentials)) {
    response.setHeader("www-authenticate", 'Basic realm="test"');
    return plain(response, 401);
  }
  if (route.redirect !== undefined) {
    response.setHeader("location", route.redirect);
    return plain(response, route.status ?? 302);
  }
  const served = body(route, path.slice(key.length), request.headers.range);
  if (served === undefined) return plain(response, 404);
  const faulty = hit < (route.faultTimes ?? Number.POSITIVE_INFINITY);
  if (faulty && route.fault?.kind === "hang") return;
  if (faulty && route.fault?.kind === "refuse") return void response.destroy();
  writeHead(response, route, served);
  if (request.method === "HEAD") return void response.end();
  await deliver(response, served, faulty ? route.fault : undefined);
}

function writeHead(response: ServerResponse, route: Route, served: Served) {
  response.writeHead(served.status, { ...headersOf(served), ...route.headers });
  response.flushHeaders();
}

function plain(response: ServerResponse, status: number) {
  response.writeHead(status, { "content-type": "text/plain" });
  response.end(`${status}\n`);
}

function findRoute(routes: Routes, path: string): string | undefined {
  if (Object.hasOwn(routes, path)) return path;
  const folders = Object.keys(routes).filter((key) => key.endsWith("/") && path.startsWith(key));
  return folders.sort((a, b) => b.length - a.length)[0];
}

function isList(entry: Route | readonly Route[]): entry is readonly Route[] {
  return Array.isArray(entry);
}

function basic({ user, password }: { readonly user: string; readonly password: string }) {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
