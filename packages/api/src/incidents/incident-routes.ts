import { incidentSchema, incidentStatuses } from "@glasswatch/core/incident";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { givenIdParam, idSchema } from "../http/id-param.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";

const incidentViewSchema = incidentSchema.meta({ id: "Incident" });

const list = createRoute({
  method: "get",
  path: "/v1/incidents",
  tags: ["incidents"],
  summary: "Incidents, the latest first",
  middleware: needs("read"),
  request: {
    query: z.strictObject({ ...pageQuery, status: z.enum(incidentStatuses).optional(), stream: idSchema.optional() }),
  },
  responses: answers(200, "A page of incidents.", pageOf(incidentViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/incidents/{id}",
  tags: ["incidents"],
  summary: "An incident",
  middleware: needs("read"),
  request: { params: givenIdParam },
  responses: answers(200, "The incident.", incidentViewSchema),
});

export function addIncidentRoutes(app: ApiApp, { incidents }: ApiParts): void {
  app.openapi(list, async (c) => {
    const { status, stream, ...page } = c.req.valid("query");
    const shown = await showPage(
      (request) => incidents.list({ ...request, descending: true }),
      page,
      (incident) => {
        const isMeant = (!status || incident.status === status) && (!stream || incident.streamId === stream);
        return isMeant ? incident : null;
      },
    );
    return c.json(shown, 200);
  });

  app.openapi(get, async (c) => {
    const { id } = c.req.valid("param");
    const incident = await incidents.get(id);
    if (!incident) throw notFound(`incident ${id}`);
    return c.json(incident, 200);
  });
}
