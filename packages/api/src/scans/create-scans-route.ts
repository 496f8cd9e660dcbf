import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { idempotencyHeader } from "../http/once.ts";
import { answers, jsonBody } from "../http/responses.ts";
import { createScans } from "./create-scans.ts";
import { batchViewSchema, mostScans, scanRequestSchemas, scanViewSchema } from "./scan-schemas.ts";
import { showScan } from "./scan-view.ts";

export function addCreateScans(app: ApiApp, parts: ApiParts): void {
  const { one, batch } = scanRequestSchemas(parts.allowPrivate);
  const route = createRoute({
    method: "post",
    path: "/v1/scans",
    tags: ["scans"],
    summary: `Scan a file, or up to ${mostScans} of them`,
    description:
      "A batch under an Idempotency-Key may be sent again after a 503 or a lost connection: what was queued is not " +
      "queued twice.",
    middleware: needs("write"),
    request: { headers: idempotencyHeader, body: jsonBody(z.union([one, batch])) },
    responses: answers(202, "Queued: the scan, or the ids of a batch.", z.union([scanViewSchema, batchViewSchema])),
  });

  app.openapi(route, async (c) => {
    const asked = c.req.valid("json");
    if ("scans" in asked) {
      const view = await parts.once(c, asked, async (newId) => {
        const pointerOf = (index: number) => `#/scans/${index}`;
        const scans = await createScans(parts, asked.scans, { newId, pointerOf });
        return { ids: scans.map(({ id }) => id) };
      });
      return c.json(view, 202);
    }
    const view = await parts.once(c, asked, async (newId) => {
      const scans = await createScans(parts, [asked], { newId, pointerOf: () => "#" });
      return scans.map(showScan);
    });
    const [scan] = view;
    if (!scan) throw new Error("a scan was asked for, and none was queued");
    return c.json(scan, 202, { location: `/v1/scans/${scan.id}` });
  });
}
