import { eventSchema } from "@glasswatch/core/events/event";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { pageQuery } from "../http/paging.ts";
import { answers } from "../http/responses.ts";

const list = createRoute({
  method: "get",
  path: "/v1/events",
  tags: ["events"],
  summary: "What happened in the last days, in the order in which it was logged",
  middleware: needs("read"),
  request: {
    query: z.strictObject({
      limit: pageQuery.limit,
      after: z
        .string()
        .max(200)
        .optional()
        .describe("The `next` of the page before; `now` for what is still to come; left out, from the first on."),
    }),
  },
  responses: answers(
    200,
    "Events, maybe none.",
    z.object({
      items: z.array(eventSchema.meta({ id: "Event" })),
      next: z.string().describe("`after` of the next request, now or later. There is always one."),
    }),
  ),
});

export function addEventRoutes(app: ApiApp, { eventLog }: ApiParts): void {
  app.openapi(list, async (c) => {
    const { limit, after = "" } = c.req.valid("query");
    const { events, position } = await eventLog.after(after === "now" ? eventLog.endPosition() : after, limit);
    return c.json({ items: [...events], next: position }, 200);
  });
}
