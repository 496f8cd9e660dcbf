import { createHash, randomBytes } from "node:crypto";
import type { JsonValue } from "@glasswatch/core/json";
import type { AnsweredRequests } from "@glasswatch/core/state/answered-requests";
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ApiEnv } from "../api-env.ts";
import { badQuery, ProblemError } from "./problem-error.ts";

/** draft-ietf-httpapi-idempotency-key-header-07 §2.1: a string of RFC 9651; without its quotes it is understood as well. */
const keyPattern = /^(?:"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255}))$/;

export const idempotencyHeader = z.object({
  "idempotency-key": z
    .string()
    .optional()
    .describe(
      "Sent again under the same key within 24 hours, the request has no further effect and the same answer " +
        "(draft-ietf-httpapi-idempotency-key-header-07). Another body under the same key is refused with 422.",
    ),
});

/** Gives the id of what a request creates, which follows from its idempotency key: done twice, it is done once. */
export type NewId = (index?: number) => string;

/** Does what a POST asks for, once for all requests under one idempotency key. The answer is of one of the API's schemas. */
export type Once = <Body extends object>(
  c: Context<ApiEnv>,
  asked: unknown,
  work: (newId: NewId) => Promise<Body>,
) => Promise<Body>;

export function answerOnce(requests: AnsweredRequests, now: () => Date): Once {
  return async (c, asked, work) => {
    const id = idOfRequest(c);
    if (id === null) return work(newIdOf(c));
    const fingerprint = hash(JSON.stringify(asked, membersSorted));
    const known = await requests.begin(id, fingerprint, now());
    if (known.fingerprint !== fingerprint) throw anotherRequest();
    // Of the same request, so it is of the same type.
    if (known.answer !== null) return known.answer as Awaited<ReturnType<typeof work>>;
    const answer = await work(newIdOf(c));
    return (await requests.finish(id, answer as JsonValue)) as typeof answer;
  };
}

export function newIdOf(c: Context<ApiEnv>): NewId {
  const id = idOfRequest(c);
  return id === null ? () => randomBytes(16).toString("hex") : (index = 0) => hash(id, String(index)).slice(0, 32);
}

/** The same for all requests under one key of one caller; null where the request has none. */
function idOfRequest(c: Context<ApiEnv>): string | null {
  const header = c.req.header("idempotency-key");
  return header === undefined ? null : hash(c.get("caller").subject, c.req.method, c.req.path, keyOf(header));
}

function keyOf(header: string): string {
  const [, quoted, bare] = keyPattern.exec(header.trim()) ?? [];
  const key = quoted ?? bare;
  if (key === undefined)
    throw badQuery([{ parameter: "Idempotency-Key", detail: "expected 1 to 255 ASCII characters" }]);
  return key;
}

/** Ibid. §2.6. */
function anotherRequest(): ProblemError {
  const detail = "another request was sent under this Idempotency-Key; use a new key for a new request";
  return new ProblemError({ status: 422, code: "idempotency-key-reused", detail });
}

/** For `JSON.stringify`: in which order the members of an object came says nothing. */
function membersSorted(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function hash(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
