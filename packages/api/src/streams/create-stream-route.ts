import { maskUrl } from "@glasswatch/core/net/mask-url";
import type { Stream } from "@glasswatch/core/state/streams";
import { createRoute } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { createOnce } from "../http/create-once.ts";
import { etagOf } from "../http/etag.ts";
import { idempotencyHeader } from "../http/once.ts";
import { answers, jsonBody } from "../http/responses.ts";
import { assertProfileExists } from "../profiles/profile-name.ts";
import { type StreamRequest, type StreamRequestSchemas, streamViewSchema } from "./stream-schemas.ts";
import { showStream } from "./stream-view.ts";

export function addCreateStream(app: ApiApp, parts: ApiParts, schema: StreamRequestSchemas["created"]): void {
  const { streams, streamStates, profiles, once, groups, now } = parts;
  const route = createRoute({
    method: "post",
    path: "/v1/streams",
    tags: ["streams"],
    summary: "Watch a stream",
    middleware: needs("write"),
    request: { headers: idempotencyHeader, body: jsonBody(schema) },
    responses: answers(201, "The stream; a worker will open it within seconds.", streamViewSchema),
  });

  app.openapi(route, async (c) => {
    const asked = c.req.valid("json");
    const view = await once(c, asked, async (newId) => {
      await assertProfileExists(profiles, asked.profile, "#/profile");
      const stream = streamOf(asked, { id: newId(), groups, now: now() });
      const stored = await createOnce(
        () => streams.create(stream),
        () => streams.get(stream.id),
      );
      return showStream(stored, streamStates);
    });
    return c.json(view, 201, { location: `/v1/streams/${view.id}`, etag: etagOf(view.version) });
  });
}

interface Circumstances {
  readonly id: string;
  readonly groups: readonly string[];
  readonly now: Date;
}

function streamOf(asked: StreamRequest, { id, groups, now }: Circumstances): Stream {
  const { url, name, kind, profile, tier, labels, sourceId, ladderId, outputUrl, failover } = asked;
  return {
    id,
    url,
    name: name ?? maskUrl(url),
    kind: kind ?? null,
    profile: profile ?? null,
    tier: tier ?? "full",
    labels: labels ?? {},
    sourceId: sourceId ?? null,
    ladderId: ladderId ?? null,
    outputUrl: outputUrl ?? null,
    failover: failover ?? [],
    groups: [...groups],
    paused: false,
    createdAt: now.toISOString(),
    run: 1,
  };
}
