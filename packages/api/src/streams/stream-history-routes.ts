import { measuredMinuteSchema } from "@glasswatch/core/state/measurements";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { findingFilters, findingViewSchema, showMatching } from "../findings/finding-view.ts";
import { idParam } from "../http/id-param.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { badQuery, notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";

const findingsOf = createRoute({
  method: "get",
  path: "/v1/streams/{id}/findings",
  tags: ["streams"],
  summary: "What was found in a stream, the latest first",
  middleware: needs("read"),
  request: { params: idParam, query: z.strictObject({ ...pageQuery, ...findingFilters }) },
  responses: answers(200, "A page of findings.", pageOf(findingViewSchema)),
});

const timeSchema = z.iso.datetime({ offset: true }).optional();

const measurementsOf = createRoute({
  method: "get",
  path: "/v1/streams/{id}/measurements",
  tags: ["streams"],
  summary: "What was measured of a stream, minute by minute",
  middleware: needs("read"),
  request: {
    params: idParam,
    query: z.strictObject({
      ...pageQuery,
      from: timeSchema.describe("From the minute of this time on; from the first that is kept, else."),
      to: timeSchema.describe("Up to the minute before this time."),
    }),
  },
  responses: answers(200, "A page of minutes, the oldest first.", pageOf(measuredMinuteSchema)),
});

export function addStreamHistory(app: ApiApp, { streams, findings, measurements }: ApiParts): void {
  async function assertStream(id: string): Promise<void> {
    if (!(await streams.get(id))) throw notFound(`stream ${id}`);
  }

  app.openapi(findingsOf, async (c) => {
    const { id } = c.req.valid("param");
    const { limit, after, ...filters } = c.req.valid("query");
    await assertStream(id);
    const source = { type: "stream", id } as const;
    const shown = await showPage(
      (page) => findings.of(source, { ...page, descending: true }),
      { limit, after },
      showMatching(filters),
    );
    return c.json(shown, 200);
  });

  app.openapi(measurementsOf, async (c) => {
    const { id } = c.req.valid("param");
    const { from, to, ...page } = c.req.valid("query");
    if (from && to && Date.parse(from) >= Date.parse(to))
      throw badQuery([{ parameter: "to", detail: "not after from" }]);
    await assertStream(id);
    const end = to === undefined ? null : new Date(to).toISOString();
    let isOver = false;
    const shown = await showPage(
      (request) => measurements.of(id, { ...request, ...(from !== undefined && { above: minuteOf(from) }) }),
      page,
      (measured) => {
        if (end === null || measured.minute < end) return measured;
        isOver = true;
        return null;
      },
    );
    return c.json(isOver ? { ...shown, next: null } : shown, 200);
  });
}

function minuteOf(time: string): string {
  return `${new Date(time).toISOString().slice(0, 16)}:00.000Z`;
}
