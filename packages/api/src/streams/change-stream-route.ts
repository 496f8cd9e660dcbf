import { createRoute } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { assertIfMatch, etagOf } from "../http/etag.ts";
import { idParam } from "../http/id-param.ts";
import { ifMatchHeader } from "../http/if-match-header.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { assertProfileExists } from "../profiles/profile-name.ts";
import { changedStream } from "./change-stream.ts";
import { type StreamRequestSchemas, streamViewSchema } from "./stream-schemas.ts";
import { showStream } from "./stream-view.ts";

export function addChangeStream(app: ApiApp, parts: ApiParts, schema: StreamRequestSchemas["changed"]): void {
  const { streams, streamStates, profiles } = parts;
  const route = createRoute({
    method: "patch",
    path: "/v1/streams/{id}",
    tags: ["streams"],
    summary: "Change or pause a stream",
    description: "Another url, profile or tier, and the end of a pause, make the watch begin anew.",
    middleware: needs("write"),
    request: {
      params: idParam,
      headers: ifMatchHeader,
      body: { required: true, content: { "application/json": { schema }, "application/merge-patch+json": { schema } } },
    },
    responses: answers(200, "The stream as it is now.", streamViewSchema),
  });

  app.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const change = c.req.valid("json");
    await assertProfileExists(profiles, change.profile, "#/profile");
    const stored = await streams.change(id, ({ value, version }) => {
      assertIfMatch(c, version);
      return changedStream(value, change);
    });
    if (!stored) throw notFound(`stream ${id}`);
    return c.json(await showStream(stored, streamStates), 200, { etag: etagOf(stored.version) });
  });
}
