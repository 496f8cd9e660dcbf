import type { PageRequest } from "@glasswatch/core/ports/table";
import { scanSchema } from "@glasswatch/core/state/scans";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { findingFilters, findingViewSchema, showMatching } from "../findings/finding-view.ts";
import { idParam } from "../http/id-param.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { scanViewSchema } from "./scan-schemas.ts";
import { showScan } from "./scan-view.ts";

const list = createRoute({
  method: "get",
  path: "/v1/scans",
  tags: ["scans"],
  summary: "Scans, the newest first",
  middleware: needs("read"),
  request: { query: z.strictObject({ ...pageQuery, status: scanSchema.shape.status.optional() }) },
  responses: answers(200, "A page of scans.", pageOf(scanViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/scans/{id}",
  tags: ["scans"],
  summary: "A scan, and how far it is",
  middleware: needs("read"),
  request: { params: idParam },
  responses: answers(200, "The scan.", scanViewSchema),
});

const findingsOf = createRoute({
  method: "get",
  path: "/v1/scans/{id}/findings",
  tags: ["scans"],
  summary: "What was found in a file so far, from its start on",
  middleware: needs("read"),
  request: { params: idParam, query: z.strictObject({ ...pageQuery, ...findingFilters }) },
  responses: answers(200, "A page of findings.", pageOf(findingViewSchema)),
});

export function addReadScans(app: ApiApp, { scans, findings }: ApiParts): void {
  app.openapi(list, async (c) => {
    const { status, ...page } = c.req.valid("query");
    const newestFirst = (request: PageRequest) => scans.list({ ...request, descending: true });
    const shown = await showPage(newestFirst, page, ({ value }) =>
      status === undefined || value.status === status ? showScan(value) : null,
    );
    return c.json(shown, 200);
  });

  app.openapi(get, async (c) => {
    const { id } = c.req.valid("param");
    const stored = await scans.get(id);
    if (!stored) throw notFound(`scan ${id}`);
    return c.json(showScan(stored.value), 200);
  });

  app.openapi(findingsOf, async (c) => {
    const { id } = c.req.valid("param");
    const { limit, after, ...filters } = c.req.valid("query");
    if (!(await scans.get(id))) throw notFound(`scan ${id}`);
    const fromTheStart = (page: PageRequest) => findings.of({ type: "scan", id }, page);
    return c.json(await showPage(fromTheStart, { limit, after }, showMatching(filters)), 200);
  });
}
