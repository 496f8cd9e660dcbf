import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { etagOf } from "../http/etag.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { notFound } from "../http/problem-error.ts";
import { answers } from "../http/responses.ts";
import { profileParam } from "./profile-name.ts";
import { profileViewSchema, showProfile } from "./profile-view.ts";
import { addPutProfile } from "./put-profile-route.ts";
import { addRemoveProfile } from "./remove-profile-route.ts";

const list = createRoute({
  method: "get",
  path: "/v1/profiles",
  tags: ["profiles"],
  summary: "Profiles, by name",
  middleware: needs("read"),
  request: { query: z.strictObject(pageQuery) },
  responses: answers(200, "A page of profiles.", pageOf(profileViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/profiles/{name}",
  tags: ["profiles"],
  summary: "A profile",
  middleware: needs("read"),
  request: { params: profileParam },
  responses: answers(200, "The profile. Its ETag is its version.", profileViewSchema),
});

export function addProfileRoutes(app: ApiApp, parts: ApiParts): void {
  const { profiles } = parts;
  app.openapi(list, async (c) => c.json(await showPage(profiles.list, c.req.valid("query"), showProfile), 200));
  app.openapi(get, async (c) => {
    const { name } = c.req.valid("param");
    const stored = await profiles.get(name);
    if (!stored) throw notFound(`profile ${name}`);
    return c.json(showProfile(stored), 200, { etag: etagOf(stored.version) });
  });
  addPutProfile(app, parts);
  addRemoveProfile(app, parts);
}
