import type { Profiles } from "@glasswatch/core/state/profiles";
import { z } from "@hono/zod-openapi";
import { badBody } from "../http/problem-error.ts";

export const profileNameSchema = z
  .string()
  .regex(/^[a-z0-9][\w.-]{0,63}$/i, "a profile's name has letters, digits, _ . and -, 64 at most");

export const profileParam = z.object({ name: profileNameSchema });

/** @throws ProblemError (422) where there is no profile of a name that was given */
export async function assertProfileExists(
  profiles: Profiles,
  name: string | null | undefined,
  pointer: string,
): Promise<void> {
  if (name === null || name === undefined || (await profiles.get(name))) return;
  throw badBody([{ pointer, detail: `there is no profile ${name}; PUT /v1/profiles/${name} makes it` }]);
}
