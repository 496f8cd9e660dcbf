import type { Silence } from "@glasswatch/core/silence";
import type { Stored } from "@glasswatch/core/state/rows";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { createOnce } from "../http/create-once.ts";
import { etagOf } from "../http/etag.ts";
import { givenIdParam } from "../http/id-param.ts";
import { ifMatchHeader } from "../http/if-match-header.ts";
import { idempotencyHeader } from "../http/once.ts";
import { pageOf, pageQuery, showPage } from "../http/paging.ts";
import { badBody, notFound } from "../http/problem-error.ts";
import { removeVersion } from "../http/remove-version.ts";
import { answers, jsonBody, noContent } from "../http/responses.ts";
import { type SilenceRequest, silenceRequestSchema, silenceViewSchema } from "./silence-schemas.ts";

const create = createRoute({
  method: "post",
  path: "/v1/silences",
  tags: ["silences"],
  summary: "Tell nobody of some defects, for a while or in a window of the week",
  description:
    "They are found and kept all the same. `match` names streams, kinds and labels: all that is given has to be so.",
  middleware: needs("write"),
  request: { headers: idempotencyHeader, body: jsonBody(silenceRequestSchema) },
  responses: answers(201, "The silence.", silenceViewSchema),
});

const list = createRoute({
  method: "get",
  path: "/v1/silences",
  tags: ["silences"],
  summary: "Silences, the newest first",
  description: "One that is over is gone some time after.",
  middleware: needs("read"),
  request: { query: z.strictObject(pageQuery) },
  responses: answers(200, "A page of silences.", pageOf(silenceViewSchema)),
});

const get = createRoute({
  method: "get",
  path: "/v1/silences/{id}",
  tags: ["silences"],
  summary: "A silence",
  middleware: needs("read"),
  request: { params: givenIdParam },
  responses: answers(200, "The silence. Its ETag is its version.", silenceViewSchema),
});

const remove = createRoute({
  method: "delete",
  path: "/v1/silences/{id}",
  tags: ["silences"],
  summary: "End a silence",
  middleware: needs("write"),
  request: { params: givenIdParam, headers: ifMatchHeader },
  responses: noContent,
});

export function addSilenceRoutes(app: ApiApp, { silences, streams, once, now }: ApiParts): void {
  app.openapi(create, async (c) => {
    const asked = c.req.valid("json");
    const view = await once(c, asked, async (newId) => {
      await assertStreams(asked);
      const createdBy = { via: "api", name: c.get("caller").name } as const;
      const silence = { id: newId(), ...spanOf(asked, now()), ...saidOf(asked), createdBy };
      const stored = await createOnce(
        () => silences.create({ ...silence, createdAt: now().toISOString() }),
        () => silences.get(silence.id),
      );
      return showSilence(stored);
    });
    return c.json(view, 201, { location: `/v1/silences/${view.id}`, etag: etagOf(view.version) });
  });

  app.openapi(list, async (c) => {
    const shown = await showPage(
      (page) => silences.list({ ...page, descending: true }),
      c.req.valid("query"),
      showSilence,
    );
    return c.json(shown, 200);
  });

  app.openapi(get, async (c) => {
    const { id } = c.req.valid("param");
    const stored = await silences.get(id);
    if (!stored) throw notFound(`silence ${id}`);
    return c.json(showSilence(stored), 200, { etag: etagOf(stored.version) });
  });

  app.openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    await removeVersion(c, `silence ${id}`, {
      get: () => silences.get(id),
      remove: (version) => silences.remove(id, version),
    });
    return c.body(null, 204);
  });

  async function assertStreams({ match }: SilenceRequest): Promise<void> {
    const ids = match.streams ?? [];
    const known = await Promise.all(ids.map((id) => streams.get(id)));
    const errors = known.flatMap((stored, index) =>
      stored ? [] : [{ pointer: `#/match/streams/${index}`, detail: `there is no stream ${ids[index]}` }],
    );
    if (errors.length > 0) throw badBody(errors);
  }
}

function showSilence({ value, version }: Stored<Silence>) {
  return { ...value, version };
}

function saidOf({ match, weekly, comment }: SilenceRequest): Pick<Silence, "match" | "weekly" | "comment"> {
  return { match, weekly: weekly ?? null, comment };
}

/** @throws ProblemError (422) for a time that is over before it begins, or already */
function spanOf({ from, to, minutes }: SilenceRequest, now: Date): Pick<Silence, "from" | "to"> {
  const begin = from === undefined ? now : new Date(from);
  const end = minutes === undefined ? dateOf(to) : new Date(begin.getTime() + minutes * 60_000);
  if (end && end <= begin) throw badBody([{ pointer: "#/to", detail: "it is not after from" }]);
  if (end && end <= now) throw badBody([{ pointer: to ? "#/to" : "#/minutes", detail: "it is over already" }]);
  return { from: begin.toISOString(), to: end?.toISOString() ?? null };
}

function dateOf(time: string | undefined): Date | null {
  return time === undefined ? null : new Date(time);
}
