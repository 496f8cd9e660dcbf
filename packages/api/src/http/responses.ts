import type { z } from "@hono/zod-openapi";
import { problemSchema } from "./problem.ts";

/** What any request may be answered with beside what it asks for. */
const problems = {
  description: "The request was refused, or could not be answered now.",
  content: { "application/problem+json": { schema: problemSchema } },
} as const;

/** The answers of a route: what it gives, with one status, or a problem. */
export function answers<Status extends 200 | 201 | 202, Schema extends z.ZodType>(
  status: Status,
  description: string,
  schema: Schema,
) {
  const given = { description, content: { "application/json": { schema } } } as const;
  return { [status]: given, default: problems } as { readonly [Given in Status]: typeof given } & {
    readonly default: typeof problems;
  };
}

/** Of a route that gives something else than JSON. */
export const problemAnswers = { default: problems } as const;

export const noContent = { 204: { description: "Done." }, default: problems } as const;

/** A request's body, as JSON. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } } as const;
}
