import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { etagOf } from "../http/etag.ts";
import { idParam } from "../http/id-param.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { streamStatuses, streamViewSchema } from "./stream-schemas.ts";
import { showStream } from "./stream-view.ts";

const list = createRoute({
  method: "get",
  path: "/v1/streams",
  tags: ["streams"],
  summary: "Streams, the newest first",
  middleware: needs("read"),
  request: {
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(streamStatuses).optional(),
      label: z
        .union([z.string(), z.array(z.string())])
        .optional()
        .describe("NAME=VALUE, or NAME for any value. Given more than once, all have to match."),
    }),
  },
  responses: answers(200, "A page of them.", pageOf(streamViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/streams/{id}",
  tags: ["streams"],
  summary: "A stream, and how it fares",
  middleware: needs("read"),
  request: { params: idParam },
  responses: answers(200, "The stream. Its ETag is its version.", streamViewSchema),
});

export function addReadStreams(app: ApiApp, { streams, streamStates }: ApiParts): void {
  app.openapi(list, async (c) => {
    const { state, label = [], ...page } = c.req.valid("query");
    const wanted = [label].flat();
    const newestFirst = (request: Parameters<typeof streams.list>[0]) => streams.list({ ...request, descending: true });
    const shown = await showPage(newestFirst, page, async (stored) => {
      if (!wanted.every((text) => hasLabel(stored.value.labels, text))) return null;
      const view = await showStream(stored, streamStates);
      return state === undefined || view.state.status === state ? view : null;
    });
    return c.json(shown, 200);
  });

  app.openapi(get, async (c) => {
    const { id } = c.req.valid("param");
    const stored = await streams.get(id);
    if (!stored) throw notFound(`stream ${id}`);
    return c.json(await showStream(stored, streamStates), 200, { etag: etagOf(stored.version) });
  });
}

function hasLabel(labels: Readonly<Record<string, string>>, text: string): boolean {
  const equals = text.indexOf("=");
  if (equals < 0) return Object.hasOwn(labels, text);
  const name = text.slice(0, equals);
  return Object.hasOwn(labels, name) && labels[name] === text.slice(equals + 1);
}
