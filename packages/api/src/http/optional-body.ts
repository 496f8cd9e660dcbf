import type { z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../api-env.ts";
import { ProblemError } from "./problem-error.ts";

/** A request's body, as JSON, of which every member may be left out, and so may the body. */
export function optionalJsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: false, content: { "application/json": { schema } } } as const;
}

/** What an optional body says in another form would be left unread, and nobody would notice. */
export const jsonOrNothing: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const type = c.req.header("content-type");
  if (type !== undefined && !/^application\/([a-z.-]+\+)?json\b/i.test(type)) {
    throw new ProblemError({ status: 415, code: "bad-content-type", detail: "send the body as application/json" });
  }
  await next();
};
