import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";

const queueSchema = z
  .object({
    queue: z.string(),
    waiting: z.int().nonnegative(),
    inFlight: z.int().nonnegative().describe("Taken and not done."),
    dead: z.int().nonnegative().describe("In the dead-letter queue."),
    oldestSeconds: z.number().nullable().describe("Of the message that has waited longest; null where nobody knows."),
  })
  .meta({ id: "Queue" });

const list = createRoute({
  method: "get",
  path: "/v1/queues",
  tags: ["queues"],
  summary: "Queues, and how much is in them",
  middleware: needs("read"),
  responses: answers(200, "All of them.", z.object({ items: z.array(queueSchema) })),
});

const redrive = createRoute({
  method: "post",
  path: "/v1/queues/{name}/redrive",
  tags: ["queues"],
  summary: "Put the dead letters of a queue back into it",
  middleware: needs("admin"),
  request: { params: z.object({ name: z.string().regex(/^[\w-]{1,80}$/) }) },
  responses: answers(200, "How many there were.", z.object({ queue: z.string(), redriven: z.int().nonnegative() })),
});

export function addQueueRoutes(app: ApiApp, { queues }: ApiParts): void {
  app.openapi(list, async (c) => c.json({ items: [...(await queues.state())] }, 200));

  app.openapi(redrive, async (c) => {
    const { name } = c.req.valid("param");
    if (!(await queues.state()).some(({ queue }) => queue === name)) throw notFound(`queue ${name}`);
    return c.json({ queue: name, redriven: await queues.redrive(name) }, 200);
  });
}
