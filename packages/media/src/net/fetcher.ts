import { setTimeout as wait } from "node:timers/promises";
import { inputError } from "@glasswatch/core/errors";
import { assertFetchable } from "@glasswatch/core/net/fetchable-url";
import { guardedLookup, type Resolver } from "@glasswatch/core/net/guarded-lookup";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { Agent, type Dispatcher, request } from "undici";
import { type BodyReader, openBody } from "./body-reader.ts";
import { defaultLimits, type FetchLimits, maxRedirects } from "./fetch-limits.ts";
import { connectionError, interrupted, isPassingFailure, isPassingStatus, statusError } from "./http-errors.ts";

export interface FetcherOptions {
  /** Admits loopback, RFC 1918, unique-local and carrier-grade NAT addresses. Link-local ones stay refused. */
  readonly allowPrivate: boolean;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<FetchLimits>;
  /** `dns.lookup` unless given. */
  readonly resolver?: Resolver;
}

export interface FetchedResponse {
  /** Where the answer came from, redirects followed; without user and password. */
  readonly url: string;
  /** 200 to 299, or 416. */
  readonly status: number;
  /** First value of a header, by its lower-case name. */
  header(name: string): string | undefined;
  readonly body: BodyReader;
}

/**
 * The only way out to the network. Checks every address it connects to, follows redirects itself, retries what may pass,
 * and gives every failure as a GlasswatchError.
 *
 * Redirects from https to http are followed, as media networks use them and no credentials go along: user and password of
 * an address are sent to the origin they were given for and to no other.
 */
export interface Fetcher {
  readonly limits: FetchLimits;
  readonly signal: AbortSignal | undefined;
  /** @throws GlasswatchError */
  open(url: string, headers?: Readonly<Record<string, string>>): Promise<FetchedResponse>;
  close(): Promise<void>;
}

export function openFetcher({ allowPrivate, signal, limits: changed, resolver }: FetcherOptions): Fetcher {
  const limits = { ...defaultLimits, ...changed };
  const credentials = new Map<string, string>();
  const agent = new Agent({
    allowH2: false,
    connect: { lookup: guardedLookup(allowPrivate, resolver) as never, timeout: limits.connectMs },
    bodyTimeout: 0,
  });

  /** The address to fetch; what user and password it brings are kept for its origin. */
  function admit(address: string, from?: string): URL {
    if (!URL.canParse(address, from)) throw inputError("connection-failed", `${maskUrl(address)}: not a valid address`);
    const url = new URL(address, from);
    assertFetchable(url, allowPrivate);
    if (url.username || url.password) credentials.set(url.origin, basicOf(url));
    url.username = "";
    url.password = "";
    url.hash = "";
    return url;
  }

  async function once(url: URL, headers: Readonly<Record<string, string>>, deadline: number): Promise<FetchedResponse> {
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal?.addEventListener("abort", stop, { once: true });
    const timer = setTimeout(stop, Math.min(limits.firstByteMs, deadline - performance.now()));
    const authorization = credentials.get(url.origin);
    try {
      const response = await request(url, {
        dispatcher: agent,
        signal: abort.signal,
        headersTimeout: 0,
        headers: { "user-agent": "glasswatch", ...headers, ...(authorization !== undefined && { authorization }) },
      });
      const body = openBody(response.body, limits, () => signal?.removeEventListener("abort", stop));
      return { url: url.href, status: response.statusCode, header: headerOf(response), body };
    } catch (error) {
      signal?.removeEventListener("abort", stop);
      if (signal?.aborted) throw interrupted(url.href);
      throw abort.signal.aborted ? new FirstByteTimeout("no answer in time") : error;
    } finally {
      clearTimeout(timer);
    }
  }

  async function follow(first: URL, headers: Readonly<Record<string, string>>, deadline: number) {
    let url = first;
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const response = await once(url, headers, deadline).catch((error: unknown) => {
        throw isPassingFailure(error) ? new PassingFailure(url.href, error) : connectionError(url.href, error);
      });
      const location = response.header("location");
      if (!redirects.has(response.status) || location === undefined) return response;
      await response.body.close();
      url = admit(location, url.href);
    }
    throw inputError("redirect-loop", `${maskUrl(first.href)}: more than ${maxRedirects} redirects, a loop perhaps`);
  }

  /** One try: an answer to work with, or what to do next. */
  async function attempt(url: URL, headers: Readonly<Record<string, string>>, deadline: number) {
    try {
      const response = await follow(url, headers, deadline);
      if (isUsable(response.status)) return { response };
      await response.body.close();
      const failure = statusError(response.url, response.status);
      if (!isPassingStatus(response.status)) throw failure;
      return { failure, retryAfterMs: retryAfterMs(response) };
    } catch (error) {
      if (!(error instanceof PassingFailure)) throw error;
      return { failure: connectionError(error.url, error.cause), retryAfterMs: 0 };
    }
  }

  async function open(address: string, headers: Readonly<Record<string, string>> = {}): Promise<FetchedResponse> {
    if (signal?.aborted) throw interrupted(address);
    const url = admit(address);
    const deadline = performance.now() + limits.totalMs;
    for (let tried = 0; ; tried++) {
      const { response, failure, retryAfterMs } = await attempt(url, headers, deadline);
      if (response) return response;
      const pauseMs = Math.max(limits.firstRetryMs * 2 ** tried, retryAfterMs);
      if (tried >= limits.retries || performance.now() + pauseMs >= deadline) throw failure;
      await wait(pauseMs, undefined, signal && { signal }).catch(() => {
        throw interrupted(address);
      });
    }
  }

  return { limits, signal, open, close: () => agent.destroy() };
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Undici's own timer for this ticks in seconds. */
class FirstByteTimeout extends Error {
  readonly code = "UND_ERR_HEADERS_TIMEOUT";
}

class PassingFailure extends Error {
  readonly url: string;
  constructor(url: string, cause: unknown) {
    super("", { cause });
    this.url = url;
  }
}

function isUsable(status: number): boolean {
  return (status >= 200 && status < 300) || status === 416;
}

function retryAfterMs(response: FetchedResponse): number {
  const seconds = Number(response.header("retry-after"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

function basicOf(url: URL): string {
  const text = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

function headerOf(response: Dispatcher.ResponseData) {
  return (name: string): string | undefined => {
    const value = response.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}
