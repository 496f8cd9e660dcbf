import { profileSchema } from "@glasswatch/core/profile";
import type { NamedProfile } from "@glasswatch/core/state/profiles";
import type { Stored } from "@glasswatch/core/state/rows";
import { z } from "@hono/zod-openapi";

export const profileViewSchema = z
  .object({ name: z.string(), version: z.int().positive(), profile: profileSchema })
  .meta({ id: "NamedProfile" });

export type ProfileView = z.infer<typeof profileViewSchema>;

export function showProfile({ value, version }: Stored<NamedProfile>): ProfileView {
  return { name: value.name, version, profile: value.profile };
}
