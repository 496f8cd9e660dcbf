import { evidenceBlob, evidenceRoles } from "@glasswatch/core/state/evidence";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { idParam } from "../http/id-param.ts";
import { notFound } from "../http/problem-error.ts";
import { problemAnswers } from "../http/responses.ts";

const picture = createRoute({
  method: "get",
  path: "/v1/findings/{id}/evidence/{role}",
  tags: ["findings"],
  summary: "What was on screen before, during or after a finding",
  middleware: needs("read"),
  request: { params: idParam.extend({ role: z.enum(evidenceRoles) }) },
  responses: {
    200: {
      description: "A small picture.",
      content: { "image/jpeg": { schema: z.string().meta({ format: "binary" }) } },
    },
    ...problemAnswers,
  },
});

export function addEvidenceRoute(app: ApiApp, { blobs }: ApiParts): void {
  app.openapi(picture, async (c) => {
    const { id, role } = c.req.valid("param");
    const blob = await blobs.get(evidenceBlob(id, role));
    if (!blob) throw notFound(`picture ${role} of finding ${id}`);
    return c.body(Uint8Array.from(blob.bytes), 200, { "content-type": blob.contentType });
  });
}
