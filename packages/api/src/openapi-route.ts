import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "./api-env.ts";
import { needs } from "./auth/require-caller.ts";
import { answers } from "./http/responses.ts";

const documentSchema = z.looseObject({ openapi: z.string() });

const openapi = createRoute({
  method: "get",
  path: "/v1/openapi.json",
  tags: ["openapi"],
  summary: "This document",
  middleware: needs("read"),
  responses: answers(200, "OpenAPI 3.1.", documentSchema),
});

export function addOpenApiRoute(app: ApiApp): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description:
      "An API key, `gw_ID_SECRET`, with scope read, write or admin; or what the deployment's authorizer takes.",
  });
  let document: Document | undefined;
  app.openapi(openapi, (c) => {
    document ??= documentOf(app);
    return c.json(document, 200);
  });
}

type Document = z.infer<typeof documentSchema>;

function documentOf(app: ApiApp): Document {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Glasswatch", version: "1", description: "Watches audio and video streams so that nobody has to." },
    servers: [{ url: "/" }],
    security: [{ key: [] }],
  });
  return { ...document };
}
