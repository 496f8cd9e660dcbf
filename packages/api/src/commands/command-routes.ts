import { createRoute } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { givenIdParam } from "../http/id-param.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { commandViewSchema, showCommand } from "./command-view.ts";

const get = createRoute({
  method: "get",
  path: "/v1/commands/{id}",
  tags: ["commands"],
  summary: "What became of a command",
  middleware: needs("read"),
  request: { params: givenIdParam },
  responses: answers(200, "The command. It is kept for 90 days.", commandViewSchema),
});

export function addCommandRoutes(app: ApiApp, { commands }: ApiParts): void {
  app.openapi(get, async (c) => {
    const { id } = c.req.valid("param");
    const stored = await commands.get(id);
    if (!stored) throw notFound(`command ${id}`);
    return c.json(showCommand(stored), 200);
  });
}
