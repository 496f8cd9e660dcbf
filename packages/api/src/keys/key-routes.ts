import { ConflictError } from "@glasswatch/core/ports/errors";
import { apiKeySchema } from "@glasswatch/core/state/api-keys";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { issueKey } from "../auth/local-keys.ts";
import { needs } from "../auth/require-caller.ts";
import { idParam } from "../http/id-param.ts";
import { idempotencyHeader, newIdOf } from "../http/once.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound, ProblemError } from "../http/problem-error.ts";
import { answers, jsonBody, noContent } from "../http/responses.ts";

const keyViewSchema = apiKeySchema.omit({ secretHash: true });
const issuedSchema = keyViewSchema.extend({ key: z.string().describe("What to send. It is shown this once.") });

const requestSchema = z
  .strictObject({ name: z.string().trim().min(1).max(200), scope: apiKeySchema.shape.scope })
  .meta({ id: "KeyRequest" });

const create = createRoute({
  method: "post",
  path: "/v1/keys",
  tags: ["keys"],
  summary: "Issue an API key",
  description: "Under an Idempotency-Key that was used before, 409: the secret was shown then, and is kept nowhere.",
  middleware: needs("admin"),
  request: { headers: idempotencyHeader, body: jsonBody(requestSchema) },
  responses: answers(201, "The key.", issuedSchema.meta({ id: "IssuedKey" })),
});

const list = createRoute({
  method: "get",
  path: "/v1/keys",
  tags: ["keys"],
  summary: "API keys, the newest first",
  middleware: needs("admin"),
  request: { query: z.strictObject(pageQuery) },
  responses: answers(200, "A page of keys.", pageOf(keyViewSchema.meta({ id: "Key" }))),
});

const revoke = createRoute({
  method: "delete",
  path: "/v1/keys/{id}",
  tags: ["keys"],
  summary: "Revoke an API key, at once and for good",
  middleware: needs("admin"),
  request: { params: idParam },
  responses: noContent,
});

export function addKeyRoutes(app: ApiApp, { apiKeys, now }: ApiParts): void {
  app.openapi(create, async (c) => {
    const request = { ...c.req.valid("json"), id: newIdOf(c)().slice(0, 16), now: now() };
    const { apiKey, key } = await issueKey(apiKeys, request).catch((error: unknown) => {
      throw error instanceof ConflictError ? issuedAlready(request.id) : error;
    });
    const { secretHash: _, ...shown } = apiKey;
    return c.json({ ...shown, key }, 201);
  });

  app.openapi(list, async (c) => {
    const shown = await showPage(
      (page) => apiKeys.list({ ...page, descending: true }),
      c.req.valid("query"),
      ({ value: { secretHash: _, ...key } }) => key,
    );
    return c.json(shown, 200);
  });

  app.openapi(revoke, async (c) => {
    const { id } = c.req.valid("param");
    if (!(await apiKeys.revoke(id, now()))) throw notFound(`key ${id}`);
    return c.body(null, 204);
  });
}

function issuedAlready(id: string): ProblemError {
  const detail = `key ${id} was issued for this Idempotency-Key; if its secret is lost, revoke it and issue another`;
  return new ProblemError({ status: 409, code: "key-issued-already", detail });
}
