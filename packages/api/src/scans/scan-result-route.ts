import { type ScanDocument, scanDocumentSchema } from "@glasswatch/core/scan-result";
import { readScanResult } from "@glasswatch/core/state/scan-results";
import type { Scan } from "@glasswatch/core/state/scans";
import { didYouMean } from "@glasswatch/detectors/did-you-mean";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { idParam, idSchema } from "../http/id-param.ts";
import { badQuery, notFound, ProblemError } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";

const result = createRoute({
  method: "get",
  path: "/v1/scans/{id}/result",
  tags: ["scans"],
  summary: "What a finished scan came to: the document of glasswatch scan --json",
  middleware: needs("read"),
  request: {
    params: idParam,
    query: z.strictObject({ detector: idSchema.optional().describe("The part of this detector and no other.") }),
  },
  responses: answers(200, "The document.", scanDocumentSchema.meta({ id: "ScanDocument" })),
});

export function addScanResult(app: ApiApp, { scans, blobs }: ApiParts): void {
  app.openapi(result, async (c) => {
    const { id } = c.req.valid("param");
    const { detector } = c.req.valid("query");
    const stored = await scans.get(id);
    if (!stored) throw notFound(`scan ${id}`);
    const full = await readScanResult(blobs, resultOf(stored.value));
    if (!full)
      throw new ProblemError({ status: 410, code: "expired", detail: `the result of scan ${id} is kept no more` });
    return c.json(documentOf(full, detector), 200);
  });
}

/** Name of the blob. @throws ProblemError (409) where there is none yet */
function resultOf({ id, status, result: name }: Scan): string {
  if (name !== null) return name;
  const detail = `scan ${id} is ${status}, and has no result${status === "failed" ? "" : " yet; ask again"}`;
  const isComing = status === "queued" || status === "running";
  throw new ProblemError({ status: 409, code: "no-result", detail, headers: isComing ? { "retry-after": "5" } : {} });
}

function documentOf(full: ScanDocument["results"][number], detector: string | undefined): ScanDocument {
  if (detector === undefined) return { schemaVersion: 1, results: [full] };
  const ids = full.detectors.map(({ id }) => id);
  if (!ids.includes(detector)) {
    const detail = `${detector} was not run in this scan${didYouMean(detector, ids)}`;
    throw badQuery([{ parameter: "detector", detail }]);
  }
  const part = {
    ...full,
    detectors: full.detectors.filter(({ id }) => id === detector),
    findings: full.findings.filter(({ kind }) => kind === detector),
  };
  return { schemaVersion: 1, results: [part] };
}
