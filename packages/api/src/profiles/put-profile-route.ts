import { type Profile, profileSchema } from "@glasswatch/core/profile";
import { checkProfile } from "@glasswatch/detectors/profile";
import type { ProfileProblem } from "@glasswatch/detectors/profile-problem";
import { profileJsonSchema } from "@glasswatch/detectors/profile-schema";
import { detectors } from "@glasswatch/detectors/registry";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { assertIfMatch, changedMeanwhile, etagOf } from "../http/etag.ts";
import { ifMatchHeader } from "../http/if-match-header.ts";
import { badBody, ProblemError, type RequestError } from "../http/problem-error.ts";
import { pointerOf } from "../http/request-errors.ts";
import { answers, jsonBody } from "../http/responses.ts";
import { retryConflicts } from "../http/retry-conflicts.ts";
import { profileParam } from "./profile-name.ts";
import { profileViewSchema, showProfile } from "./profile-view.ts";

/** What a row has room for, and then some. */
const mostProfileBytes = 250_000;

/** Of any kind: what is wrong with a profile is told by those who know every detector's options. */
const bodySchema = z.unknown().openapi("Profile", profileJsonSchema(detectors));

const put = createRoute({
  method: "put",
  path: "/v1/profiles/{name}",
  tags: ["profiles"],
  summary: "Make a profile, or replace it",
  description: "Streams that use it follow it when their watch next begins anew.",
  middleware: needs("write"),
  request: { params: profileParam, headers: ifMatchHeader, body: jsonBody(bodySchema) },
  responses: {
    ...answers(200, "The profile as it is now.", profileViewSchema),
    ...answers(201, "The profile, which is new.", profileViewSchema),
  },
});

export function addPutProfile(app: ApiApp, { profiles }: ApiParts): void {
  app.openapi(put, async (c) => {
    const { name } = c.req.valid("param");
    const profile = checked(c.req.valid("json"));
    return retryConflicts(async () => {
      const known = await profiles.get(name);
      if (known) assertIfMatch(c, known.version);
      else if (c.req.header("if-match") !== undefined) throw changedMeanwhile(`there is no profile ${name}`);
      const stored = await profiles.put({ name, profile }, known?.version ?? 0);
      return c.json(showProfile(stored), known ? 200 : 201, { etag: etagOf(stored.version) });
    });
  });
}

/** As it was written: defaults are filled in when it is used, and may be better by then. */
function checked(value: unknown): Profile {
  const { problems } = checkProfile(value, detectors);
  if (problems) throw badBody(problems.map(errorOf));
  const profile = profileSchema.parse(value);
  if (Buffer.byteLength(JSON.stringify(profile)) <= mostProfileBytes) return profile;
  const detail = `a profile may have ${mostProfileBytes / 1000} kB at most`;
  throw new ProblemError({ status: 413, code: "profile-too-large", detail });
}

function errorOf({ path, reason }: ProfileProblem): RequestError {
  return { pointer: pointerOf(path), detail: reason };
}
