import { evidenceRoles } from "@glasswatch/core/state/evidence";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { idParam } from "../http/id-param.ts";
import { notFound } from "../http/problem-error.ts";
import { problemAnswers } from "../http/responses.ts";
import { answerEvidence } from "./answer-evidence.ts";

const bytes = { schema: z.string().meta({ format: "binary" }) };

const clipTypes = { "video/mp4": bytes, "audio/mp4": bytes, "video/mp2t": bytes } as const;

const evidence = createRoute({
  method: "get",
  path: "/v1/findings/{id}/evidence/{role}",
  tags: ["findings"],
  summary: "What was on screen before, during or after a finding, or a clip with sound around its start",
  middleware: needs("read"),
  request: { params: idParam.extend({ role: z.enum(evidenceRoles) }) },
  responses: {
    200: { description: "A small picture, or a clip.", content: { "image/jpeg": bytes, ...clipTypes } },
    206: { description: "The part that the header `range` asks for.", content: { "image/jpeg": bytes, ...clipTypes } },
    307: { description: "The clip is where `location` says, for some minutes: no credentials are needed there." },
    ...problemAnswers,
  },
});

export function addEvidenceRoute(app: ApiApp, { blobs }: ApiParts): void {
  app.openapi(evidence, async (c) => {
    const { id, role } = c.req.valid("param");
    const answer = await answerEvidence(c, blobs, { findingId: id, role });
    if (!answer) throw notFound(`evidence ${role} of finding ${id}`);
    return answer;
  });
}
