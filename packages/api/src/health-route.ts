import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "./api-env.ts";
import type { ApiParts } from "./api-parts.ts";
import { answers } from "./http/responses.ts";

const health = createRoute({
  method: "get",
  path: "/v1/health",
  tags: ["health"],
  summary: "Whether requests can be answered; needs no key",
  security: [],
  responses: answers(200, "They can: the storage answers.", z.object({ status: z.literal("ok") })),
});

export function addHealthRoute(app: ApiApp, { apiKeys }: ApiParts): void {
  app.openapi(health, async (c) => {
    await apiKeys.list({ limit: 1 });
    return c.json({ status: "ok" } as const, 200);
  });
}
