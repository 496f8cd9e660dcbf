import { createRoute } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { idParam } from "../http/id-param.ts";
import { ifMatchHeader } from "../http/if-match-header.ts";
import { removeVersion } from "../http/remove-version.ts";
import { noContent } from "../http/responses.ts";

const remove = createRoute({
  method: "delete",
  path: "/v1/streams/{id}",
  tags: ["streams"],
  summary: "Watch a stream no more, and forget it",
  description: "What was found in it is kept: /v1/findings?stream=ID.",
  middleware: needs("write"),
  request: { params: idParam, headers: ifMatchHeader },
  responses: noContent,
});

export function addRemoveStream(app: ApiApp, { streams }: ApiParts): void {
  app.openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    await removeVersion(c, `stream ${id}`, {
      get: () => streams.get(id),
      remove: (version) => streams.remove(id, version),
    });
    return c.body(null, 204);
  });
}
