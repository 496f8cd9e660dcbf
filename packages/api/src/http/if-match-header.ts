import { z } from "@hono/zod-openapi";

export const ifMatchHeader = z.object({
  "if-match": z.string().optional().describe("ETag of the version that is meant; another is left alone (412)."),
});
