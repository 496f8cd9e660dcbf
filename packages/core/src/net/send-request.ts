import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { assertFetchable } from "./fetchable-url.ts";
import { guardedLookup } from "./guarded-lookup.ts";

export interface OutgoingRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the first look-up of the name to the answer's headers. */
  readonly timeoutMs: number;
  /** Admits loopback and private addresses. Services that hand out credentials stay refused. */
  readonly allowPrivate: boolean;
}

/** An answer as far as anybody looks at it. What it says is not read. */
export interface RequestAnswer {
  readonly status: number;
  /** By its lower-case name. */
  header(name: string): string | undefined;
}

/**
 * Tells something to somebody else's server, with one request that is connected to what was checked, whatever a name stands
 * for a moment later. Redirects are not followed: their status is the answer.
 *
 * @throws GlasswatchError where the address may not be connected to
 * @throws Error where nobody answers in time
 */
export async function sendRequest(outgoing: OutgoingRequest): Promise<RequestAnswer> {
  const { method, headers = {}, body = "", timeoutMs, allowPrivate } = outgoing;
  const url = new URL(outgoing.url);
  assertFetchable(url, allowPrivate);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(url, {
      method,
      headers: { "user-agent": "glasswatch", "content-length": Buffer.byteLength(body), ...headers },
      lookup: guardedLookup(allowPrivate) as never,
      // A connection of its own, which ends with the answer.
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
    });
    request.on("response", resolve).on("error", reject).end(body);
  });
  response.on("error", () => {}).destroy();
  const { statusCode = 0, headers: answered } = response;
  return {
    status: statusCode,
    header(name) {
      const value = answered[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}
