import type { PageRequest } from "@glasswatch/core/ports/table";
import { manifestBlob } from "@glasswatch/core/state/file-repairs";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { idParam } from "../http/id-param.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { absentBlob } from "./absent-blob.ts";
import { fileRepairParams, fileRepairViewSchema } from "./file-repair-schemas.ts";
import { findFileRepair } from "./find-file-repair.ts";

const list = createRoute({
  method: "get",
  path: "/v1/scans/{id}/repairs",
  tags: ["scans"],
  summary: "Repairs of a scanned file, the latest first",
  middleware: needs("read"),
  request: { params: idParam, query: z.strictObject(pageQuery) },
  responses: answers(200, "A page of repairs.", pageOf(fileRepairViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/scans/{id}/repairs/{repairId}",
  tags: ["scans"],
  summary: "A repair of a scanned file, with what was done and what came of it",
  middleware: needs("read"),
  request: { params: fileRepairParams },
  responses: answers(200, "The repair.", fileRepairViewSchema),
});

const manifestSchema = z.record(z.string(), z.unknown()).meta({ id: "FileRepairManifest" });

const manifest = createRoute({
  method: "get",
  path: "/v1/scans/{id}/repairs/{repairId}/manifest",
  tags: ["scans"],
  summary: "What a repair of a file did where and with what, and both scans: as glasswatch repair writes it",
  middleware: needs("read"),
  request: { params: fileRepairParams },
  responses: answers(200, "The manifest. Until the copy was scanned, that scan is null.", manifestSchema),
});

export function addReadFileRepairs(app: ApiApp, { scans, fileRepairs, blobs }: ApiParts): void {
  app.openapi(list, async (c) => {
    const { id } = c.req.valid("param");
    if (!(await scans.get(id))) throw notFound(`scan ${id}`);
    const latestFirst = (request: PageRequest) => fileRepairs.of(id, { ...request, descending: true });
    return c.json(await showPage(latestFirst, c.req.valid("query"), (repair) => repair), 200);
  });

  app.openapi(get, async (c) => c.json(await findFileRepair(fileRepairs, c.req.valid("param")), 200));

  app.openapi(manifest, async (c) => {
    const repair = await findFileRepair(fileRepairs, c.req.valid("param"));
    const blob = await blobs.get(manifestBlob(repair));
    if (!blob) throw absentBlob(repair, "manifest");
    return c.json(manifestSchema.parse(JSON.parse(new TextDecoder().decode(blob.bytes))), 200);
  });
}
