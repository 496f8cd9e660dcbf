import { pagesOf } from "@glasswatch/core/ports/pages";
import type { Streams } from "@glasswatch/core/state/streams";
import { createRoute } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { ifMatchHeader } from "../http/if-match-header.ts";
import { ProblemError } from "../http/problem-error.ts";
import { removeVersion } from "../http/remove-version.ts";
import { noContent } from "../http/responses.ts";
import { profileParam } from "./profile-name.ts";

const remove = createRoute({
  method: "delete",
  path: "/v1/profiles/{name}",
  tags: ["profiles"],
  summary: "Remove a profile that no stream uses",
  middleware: needs("write"),
  request: { params: profileParam, headers: ifMatchHeader },
  responses: noContent,
});

export function addRemoveProfile(app: ApiApp, { profiles, streams }: ApiParts): void {
  app.openapi(remove, async (c) => {
    const { name } = c.req.valid("param");
    await assertUnused(streams, name);
    await removeVersion(c, `profile ${name}`, {
      get: () => profiles.get(name),
      remove: (version) => profiles.remove(name, version),
    });
    return c.body(null, 204);
  });
}

async function assertUnused(streams: Streams, name: string): Promise<void> {
  for await (const stored of pagesOf(streams.list)) {
    const user = stored.find(({ value }) => value.profile === name)?.value;
    if (!user) continue;
    const detail = `stream ${user.id} is judged by it; give that another profile first`;
    throw new ProblemError({ status: 409, code: "profile-in-use", detail });
  }
}
