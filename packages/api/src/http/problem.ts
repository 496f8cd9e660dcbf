import { STATUS_CODES } from "node:http";
import { ConflictError, InvalidCursorError, UnavailableError } from "@glasswatch/core/ports/errors";
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ApiEnv } from "../api-env.ts";
import { ProblemError, type ProblemFacts } from "./problem-error.ts";

/** RFC 9457. */
export const problemSchema = z
  .object({
    type: z.literal("about:blank"),
    title: z.string().describe("What the status means."),
    status: z.int(),
    code: z.string().describe("Stable kebab-case code."),
    detail: z.string().describe("One line for people: what is wrong, and what to do."),
    requestId: z.string().describe("To be named when asking for help; also in X-Request-Id."),
    errors: z
      .array(z.object({ detail: z.string(), pointer: z.string().optional(), parameter: z.string().optional() }))
      .optional()
      .describe("Everything that is wrong with the request, each with its place (RFC 6901) or parameter."),
  })
  .meta({ id: "Problem" });

/** After so many seconds it is worth another try when the world around could not. */
const retrySeconds = "5";

export function answerProblem(c: Context<ApiEnv>, facts: ProblemFacts): Response {
  const { status, code, detail, errors, headers } = facts;
  const title = STATUS_CODES[status] ?? "";
  const problem = { type: "about:blank", title, status, code, detail, requestId: c.get("requestId"), errors };
  return c.body(JSON.stringify(problem), status, { "content-type": "application/problem+json", ...headers });
}

/** What is told of an error; null where it is a fault of ours, of which nothing is told. */
export function problemOf(error: unknown): ProblemFacts | null {
  if (error instanceof ProblemError) return error.facts;
  if (error instanceof UnavailableError) {
    const detail = "nothing was accepted: the storage is full, locked or out of reach; try again";
    return { status: 503, code: "unavailable", detail, headers: { "retry-after": retrySeconds } };
  }
  if (error instanceof ConflictError) {
    return { status: 409, code: "conflict", detail: "it was changed by somebody else just now; read it and try again" };
  }
  if (error instanceof InvalidCursorError) {
    return { status: 400, code: "bad-cursor", detail: "after: no page gave this; leave it out to begin at the start" };
  }
  return error instanceof HTTPException ? problemOfException(error) : null;
}

function problemOfException({ status }: HTTPException): ProblemFacts | null {
  if (status === 400) return { status, code: "bad-json", detail: "the body is not JSON" };
  if (status === 415) return { status, code: "bad-content-type", detail: "send the body as application/json" };
  return null;
}

export const internalFault: ProblemFacts = {
  status: 500,
  code: "internal-fault",
  detail: "a fault of the server, which was logged; name the requestId when asking for help",
};
