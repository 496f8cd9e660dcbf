import type { PageRequest } from "@glasswatch/core/ports/table";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { givenIdParam, idSchema } from "../http/id-param.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { findingFilters, findingViewSchema, showFinding, showMatching } from "./finding-view.ts";

const list = createRoute({
  method: "get",
  path: "/v1/findings",
  tags: ["findings"],
  summary: "What was found in all streams and scans, the latest first",
  middleware: needs("read"),
  request: { query: z.strictObject({ ...pageQuery, ...findingFilters, stream: idSchema.optional() }) },
  responses: answers(200, "A page of findings.", pageOf(findingViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/findings/{id}",
  tags: ["findings"],
  summary: "A finding",
  middleware: needs("read"),
  request: { params: givenIdParam },
  responses: answers(200, "The finding.", findingViewSchema),
});

export function addFindingRoutes(app: ApiApp, { findings }: ApiParts): void {
  app.openapi(list, async (c) => {
    const { limit, after, stream, ...filters } = c.req.valid("query");
    const latestFirst = (page: PageRequest) =>
      stream === undefined
        ? findings.list({ ...page, descending: true })
        : findings.of({ type: "stream", id: stream }, { ...page, descending: true });
    return c.json(await showPage(latestFirst, { limit, after }, showMatching(filters)), 200);
  });

  app.openapi(get, async (c) => {
    const { id } = c.req.valid("param");
    const stored = await findings.get(id);
    if (!stored) throw notFound(`finding ${id}`);
    return c.json(showFinding(stored), 200);
  });
}
