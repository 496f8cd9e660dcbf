import { createRoute } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { noContent } from "../http/responses.ts";

const revoke = createRoute({
  method: "delete",
  path: "/v1/incident-links",
  tags: ["incidents"],
  summary: "Revoke all links to pages of incidents",
  description: "What messages link to opens nothing from the next request on; messages to come have other links.",
  middleware: needs("admin"),
  responses: noContent,
});

export function addLinkRevocation(app: ApiApp, { incidentLinks }: ApiParts): void {
  app.openapi(revoke, async (c) => {
    await incidentLinks.revoke();
    return c.body(null, 204);
  });
}
