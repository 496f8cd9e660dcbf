import { type Repair, repairSchema, repairStatuses } from "@glasswatch/core/repair";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { commandViewSchema } from "../commands/command-view.ts";
import { giveCommand, notNow, whereTold } from "../commands/give-command.ts";
import { givenIdParam, idSchema } from "../http/id-param.ts";
import { idempotencyHeader } from "../http/once.ts";
import { jsonOrNothing, optionalJsonBody } from "../http/optional-body.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";

const repairViewSchema = repairSchema.meta({ id: "Repair" });

const list = createRoute({
  method: "get",
  path: "/v1/repairs",
  tags: ["repairs"],
  summary: "Repairs, the latest first",
  middleware: needs("read"),
  request: {
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(repairStatuses).optional(),
      incident: givenIdParam.shape.id.optional(),
      stream: idSchema.optional(),
      action: z.string().optional(),
    }),
  },
  responses: answers(200, "A page of repairs.", pageOf(repairViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/repairs/{id}",
  tags: ["repairs"],
  summary: "A repair, with what was done and what came of it",
  middleware: needs("read"),
  request: { params: givenIdParam },
  responses: answers(200, "The repair.", repairViewSchema),
});

const decisions = [
  { verb: "approve", name: "approve-repair", summary: "Have a repair done that waits for somebody to say so" },
  { verb: "reject", name: "reject-repair", summary: "Have a repair left undone that waits for somebody to say so" },
] as const;

export function addRepairRoutes(app: ApiApp, parts: ApiParts): void {
  const { repairs } = parts;

  async function repairOf(id: string): Promise<Repair> {
    const repair = await repairs.get(id);
    if (!repair) throw notFound(`repair ${id}`);
    return repair;
  }

  app.openapi(list, async (c) => {
    const { status, incident, stream, action, ...page } = c.req.valid("query");
    const shown = await showPage(
      (request) => repairs.list({ ...request, descending: true }),
      page,
      (repair) => {
        const isMeant =
          (!status || repair.status === status) &&
          (!incident || repair.incidentId === incident) &&
          (!stream || repair.streamId === stream) &&
          (!action || repair.action === action);
        return isMeant ? repair : null;
      },
    );
    return c.json(shown, 200);
  });

  app.openapi(get, async (c) => c.json(await repairOf(c.req.valid("param").id), 200));

  for (const { verb, name, summary } of decisions) {
    const route = createRoute({
      method: "post",
      path: `/v1/repairs/{id}/${verb}`,
      tags: ["repairs"],
      summary,
      middleware: [needs("write"), jsonOrNothing] as const,
      request: { params: givenIdParam, headers: idempotencyHeader, body: optionalJsonBody(z.strictObject({})) },
      responses: answers(202, "The command. What became of it is at its address, in `Location`.", commandViewSchema),
    });
    app.openapi(route, async (c) => {
      const { id } = c.req.valid("param");
      const view = await giveCommand(parts, c, c.req.valid("json"), async () => {
        const { status, streamId } = await repairOf(id);
        if (status !== "awaiting-approval") throw notNow(`repair ${id} is ${status}: it waits for nobody`);
        return { command: { name, repairId: id }, streamId };
      });
      return c.json(view, 202, whereTold(view));
    });
  }
}
