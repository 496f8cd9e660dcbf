import { GlasswatchError } from "@glasswatch/core/errors";
import { assertFetchable } from "@glasswatch/core/net/fetchable-url";
import { z } from "@hono/zod-openapi";

/** An address of media. What its name stands for is judged when it is fetched; what its spelling tells, here. */
export function urlSchema(allowPrivate: boolean) {
  return z
    .string()
    .max(4096)
    .superRefine((text, context) => {
      const problem = problemOf(text, allowPrivate);
      if (problem !== null) context.addIssue({ code: "custom", message: problem });
    })
    .describe("http or https. Credentials in it are masked in every answer.");
}

function problemOf(text: string, allowPrivate: boolean): string | null {
  // The parser of URLs would drop some of these unseen.
  if (/[\s\p{Cc}]/u.test(text)) return "an address has no spaces or control characters";
  if (!URL.canParse(text)) return "no address; expected http://… or https://…";
  try {
    assertFetchable(new URL(text), allowPrivate);
    return null;
  } catch (error) {
    if (error instanceof GlasswatchError) return error.message;
    throw error;
  }
}
