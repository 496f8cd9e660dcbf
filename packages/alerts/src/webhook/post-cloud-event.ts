import { setTimeout as wait } from "node:timers/promises";
import { GlasswatchError } from "@glasswatch/core/errors";
import { type RequestAnswer, sendRequest } from "@glasswatch/core/net/send-request";
import { Webhook } from "standardwebhooks";
import type { CloudEvent } from "./cloud-event.ts";
import { retryAfterMs } from "./retry-after.ts";

/** Where events are posted to. */
export interface WebhookEndpoint {
  readonly url: string;
  /** `whsec_…`. Requests are not signed without it. */
  readonly secret?: string | undefined;
  /** Admits loopback and private addresses. */
  readonly allowPrivate: boolean;
}

/** The receiver did not take the event; it is to be delivered again. */
export class NotDeliveredError extends Error {
  override readonly name = "NotDeliveredError";
}

export interface WebhookTerms {
  readonly tries: number;
  /** For an answer. */
  readonly timeoutMs: number;
  /** Before the second try; doubles. */
  readonly firstPauseMs: number;
  /** No try begins later than this after the first: who waits longer waits in the queue. */
  readonly withinMs: number;
}

/** All of it within the 20 s that a function has for a message. */
export const webhookTerms: WebhookTerms = { tries: 3, timeoutMs: 5_000, firstPauseMs: 500, withinMs: 10_000 };

/**
 * Posts an event, signed as https://www.standardwebhooks.com says where there is a secret. What may pass (429, 5xx, no
 * answer) is tried again a few times; redirects and other answers of 4xx are not.
 *
 * @throws NotDeliveredError where it was not answered with 2xx
 */
export async function postCloudEvent(
  event: CloudEvent,
  endpoint: WebhookEndpoint,
  { tries, timeoutMs, firstPauseMs, withinMs }: WebhookTerms = webhookTerms,
): Promise<void> {
  const body = JSON.stringify(event);
  const endsAt = performance.now() + withinMs;
  for (let tried = 1; ; tried++) {
    const outcome = await post({ event, body, endpoint, timeoutMs });
    if (outcome.done) return;
    // Half of it by chance, so that what failed together does not come again together.
    const backoffMs = firstPauseMs * 2 ** (tried - 1) * (0.5 + Math.random() / 2);
    const pauseMs = outcome.retryAfterMs ?? backoffMs;
    if (!outcome.mayPass || tried >= tries || performance.now() + pauseMs > endsAt) throw outcome.error;
    await wait(pauseMs);
  }
}

interface Post {
  readonly event: CloudEvent;
  readonly body: string;
  readonly endpoint: WebhookEndpoint;
  readonly timeoutMs: number;
}

type Outcome =
  | { readonly done: true }
  | { readonly done: false; readonly mayPass: boolean; readonly retryAfterMs: number | null; readonly error: Error };

async function post({ event, body, endpoint, timeoutMs }: Post): Promise<Outcome> {
  const { url, secret, allowPrivate } = endpoint;
  const { host } = new URL(url);
  // Standard Webhooks parts id, time and content with dots, so an id has none.
  const id = encodeURI(event.id.toWellFormed()).replaceAll(".", "%2E");
  const headers = {
    "content-type": "application/cloudevents+json; charset=utf-8",
    "idempotency-key": id,
    ...(secret !== undefined && signatureOf(id, body, secret)),
  };
  try {
    const answer = await sendRequest({ method: "POST", url, headers, body, timeoutMs, allowPrivate });
    return outcomeOf(answer, host);
  } catch (cause) {
    const isRefused = cause instanceof GlasswatchError;
    const remedy = allowPrivate ? "" : '; "allowPrivate": true admits what is private';
    const reason = isRefused ? `: ${cause.message}${remedy}` : ` (${reasonOf(cause)})`;
    const error = new NotDeliveredError(`the webhook at ${host} cannot be reached${reason}`, { cause });
    return { done: false, mayPass: !isRefused, retryAfterMs: null, error };
  }
}

function outcomeOf(answer: RequestAnswer, host: string): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return { done: true };
  const what = status >= 300 && status < 400 ? `redirects (${status}), which is not followed` : `answered ${status}`;
  return {
    done: false,
    mayPass: status === 408 || status === 429 || status >= 500,
    retryAfterMs: retryAfterMs(answer.header("retry-after"), new Date()),
    error: new NotDeliveredError(`the webhook at ${host} ${what}`),
  };
}

function signatureOf(id: string, body: string, secret: string): Readonly<Record<string, string>> {
  const at = new Date();
  return {
    "webhook-id": id,
    "webhook-timestamp": `${Math.floor(at.getTime() / 1000)}`,
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError" || error.name === "AbortError") return "no answer in time";
  return "code" in error ? String(error.code) : error.message;
}
