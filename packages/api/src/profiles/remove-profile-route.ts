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
  let next: string | null = null;
  do {
    const page: Awaited<ReturnType<Streams["list"]>> = await streams.list({
      limit: 1000,
      ...(next !== null && { after: next }),
    });
    const user = page.items.find(({ value }) => value.profile === name)?.value;
    if (user) {
      const detail = `stream ${user.id} is judged by it; give that another profile first`;
      throw new ProblemError({ status: 409, code: "profile-in-use", detail });
    }
    next = page.next;
  } while (next !== null);
}
