import { type Incident, incidentSchema, incidentStatuses } from "@glasswatch/core/incident";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { findingViewSchema, showFinding } from "../findings/finding-view.ts";
import { givenIdParam, idSchema } from "../http/id-param.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { addIncidentCommands } from "./incident-commands.ts";

const incidentViewSchema = incidentSchema.meta({ id: "Incident" });

const list = createRoute({
  method: "get",
  path: "/v1/incidents",
  tags: ["incidents"],
  summary: "Incidents, the latest first",
  middleware: needs("read"),
  request: {
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(incidentStatuses).optional(),
      stream: idSchema.optional().describe("Those that are about this stream, among others or alone."),
      number: z.coerce.number<string>().int().positive().max(1e12).optional().describe("The one of this number."),
    }),
  },
  responses: answers(200, "A page of incidents.", pageOf(incidentViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/incidents/{id}",
  tags: ["incidents"],
  summary: "An incident, with its history",
  middleware: needs("read"),
  request: { params: givenIdParam },
  responses: answers(200, "The incident.", incidentViewSchema),
});

const findingsOf = createRoute({
  method: "get",
  path: "/v1/incidents/{id}/findings",
  tags: ["incidents"],
  summary: "What an incident is about, in the order in which it came",
  description: "The findings of its `parts`, all at once. A part that is a stream's own trouble is no finding.",
  middleware: needs("read"),
  request: { params: givenIdParam },
  responses: answers(200, "Findings, 200 at most.", z.object({ items: z.array(findingViewSchema) })),
});

export function addIncidentRoutes(app: ApiApp, parts: ApiParts): void {
  const { incidents, findings } = parts;

  async function incidentOf(id: string): Promise<Incident> {
    const incident = await incidents.get(id);
    if (!incident) throw notFound(`incident ${id}`);
    return incident;
  }

  app.openapi(list, async (c) => {
    const { status, stream, number, ...page } = c.req.valid("query");
    const isMeant = (incident: Incident) =>
      (!status || incident.status === status) && (!stream || incident.streamIds.includes(stream));
    if (number !== undefined) {
      const incident = await incidents.numbered(number);
      return c.json({ items: incident && isMeant(incident) ? [incident] : [], next: null }, 200);
    }
    const shown = await showPage(
      (request) => incidents.list({ ...request, descending: true }),
      page,
      (incident) => (isMeant(incident) ? incident : null),
    );
    return c.json(shown, 200);
  });

  app.openapi(get, async (c) => c.json(await incidentOf(c.req.valid("param").id), 200));

  app.openapi(findingsOf, async (c) => {
    const incident = await incidentOf(c.req.valid("param").id);
    const found = await Promise.all(incident.parts.map((part) => findings.get(part.id)));
    return c.json({ items: found.flatMap((stored) => (stored ? [showFinding(stored)] : [])) }, 200);
  });

  addIncidentCommands(app, parts);
}
