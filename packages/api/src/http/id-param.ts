import { z } from "@hono/zod-openapi";

export const idSchema = z.string().regex(/^[\w-]{1,64}$/, "expected letters, digits, _ and -, 64 at most");

export const idParam = z.object({ id: idSchema });

/** Of what the system itself names: findings, incidents. */
export const givenIdParam = z.object({ id: z.string().regex(/^[\x21-\x7e]{1,200}$/) });
