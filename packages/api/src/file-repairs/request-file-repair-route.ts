import { openTrace } from "@glasswatch/core/events/traceparent";
import type { FileRepair } from "@glasswatch/core/file-repair";
import { type FileRepairs, requestFileRepair } from "@glasswatch/core/state/file-repairs";
import type { Scan, Scans } from "@glasswatch/core/state/scans";
import { createRoute } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { notNow } from "../commands/give-command.ts";
import { idParam } from "../http/id-param.ts";
import { idempotencyHeader } from "../http/once.ts";
import { jsonOrNothing, optionalJsonBody } from "../http/optional-body.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { fileRepairRequestSchema, fileRepairViewSchema } from "./file-repair-schemas.ts";

const request = createRoute({
  method: "post",
  path: "/v1/scans/{id}/repairs",
  tags: ["scans"],
  summary: "Have a copy of a scanned file made in which what was found is repaired",
  description:
    "The file itself is only read. The copy is scanned in turn, and kept where that shows that it helped. While a repair " +
    "of the scan with the same actions is under way, it is that one which is answered.",
  middleware: [needs("write"), jsonOrNothing] as const,
  request: { params: idParam, headers: idempotencyHeader, body: optionalJsonBody(fileRepairRequestSchema) },
  responses: answers(202, "The repair. What becomes of it is at its address, in `Location`.", fileRepairViewSchema),
});

export function addRequestFileRepair(app: ApiApp, { scans, fileRepairs, once, now }: ApiParts): void {
  app.openapi(request, async (c) => {
    const { id: scanId } = c.req.valid("param");
    const asked = fileRepairRequestSchema.parse(c.req.valid("json"));
    const repair = await once(c, asked, async (newId) => {
      const id = newId();
      // Where an earlier try of this request was cut off, it is there.
      const known = await fileRepairs.get(scanId, id);
      if (known) return known;
      const scan = await scanToRepair(scans, scanId);
      const order = { wanted: asked.actions ? [...new Set(asked.actions)] : null, dryRun: asked.dryRun ?? false };
      const twin = await underWay(fileRepairs, scanId, order);
      if (twin) return twin;
      const by = { via: "api", name: c.get("caller").name } as const;
      return requestFileRepair(fileRepairs, { ...order, id, scan, by, at: now(), traceparent: openTrace() });
    });
    return c.json(repair, 202, { location: `/v1/scans/${scanId}/repairs/${repair.id}` });
  });
}

/** @throws ProblemError (404, 409) */
async function scanToRepair(scans: Scans, id: string): Promise<Scan> {
  const scan = (await scans.get(id))?.value;
  if (!scan) throw notFound(`scan ${id}`);
  if (scan.status === "completed") return scan;
  if (scan.status === "failed") throw notNow(`scan ${id} failed, so what to repair is not known; scan the file again`);
  throw notNow(`scan ${id} is ${scan.status}; ask again when it is completed`, { "retry-after": "5" });
}

type Wanted = Pick<FileRepair, "wanted" | "dryRun">;

async function underWay(fileRepairs: FileRepairs, scanId: string, order: Wanted): Promise<FileRepair | undefined> {
  const { items } = await fileRepairs.of(scanId, { limit: 100, descending: true });
  return items.find((repair) => repair.endedAt === null && wantedOf(repair) === wantedOf(order));
}

/** The same for the same actions, in whatever order. */
function wantedOf({ wanted, dryRun }: Wanted): string {
  return JSON.stringify([wanted?.toSorted() ?? null, dryRun]);
}
