import { copyBlob } from "@glasswatch/core/state/file-repairs";
import { createRoute, z } from "@hono/zod-openapi";
import { create as contentDispositionOf } from "content-disposition";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { answerBlob } from "../http/answer-blob.ts";
import { problemAnswers } from "../http/responses.ts";
import { absentBlob } from "./absent-blob.ts";
import { fileRepairParams } from "./file-repair-schemas.ts";
import { findFileRepair } from "./find-file-repair.ts";

const bytes = { schema: z.string().meta({ format: "binary" }) };

const media = { "video/*": bytes, "audio/*": bytes, "application/*": bytes } as const;

const copy = createRoute({
  method: "get",
  path: "/v1/scans/{id}/repairs/{repairId}/copy",
  tags: ["scans"],
  summary: "The repaired copy of a scanned file",
  description: "It is there before it was scanned in turn, while the repair is `verifying`.",
  middleware: needs("read"),
  request: { params: fileRepairParams },
  responses: {
    200: { description: "The media.", content: media },
    206: { description: "The part that the header `range` asks for.", content: media },
    307: { description: "The media is where `location` says, for some minutes: no credentials are needed there." },
    ...problemAnswers,
  },
});

export function addFileRepairCopy(app: ApiApp, { fileRepairs, blobs }: ApiParts): void {
  app.openapi(copy, async (c) => {
    const repair = await findFileRepair(fileRepairs, c.req.valid("param"));
    if (!repair.copy) throw absentBlob(repair, "copy");
    const contentDisposition = contentDispositionOf(repair.copy.fileName);
    const address = await blobs.addressOf(copyBlob(repair), { contentDisposition });
    if (address !== null) return c.redirect(address, 307);
    const blob = await blobs.open(copyBlob(repair));
    if (!blob) throw absentBlob(repair, "copy");
    const etag = `"${repair.copy.sha256}"`;
    return answerBlob(c, blob, { etag, "content-disposition": contentDisposition });
  });
}
