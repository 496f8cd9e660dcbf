import type { Incident } from "@glasswatch/core/incident";
import { evidenceRoles } from "@glasswatch/core/state/evidence";
import { incidentLinkDays, incidentPages } from "@glasswatch/core/state/incident-links";
import { type Context, Hono } from "hono";
import { rateLimiter } from "hono-rate-limiter";
import type { ApiApp, ApiEnv } from "../api-env.ts";
import type { ApiOptions } from "../api-options.ts";
import type { ApiParts } from "../api-parts.ts";
import { answerEvidence } from "../findings/answer-evidence.ts";
import { idSchema } from "../http/id-param.ts";
import { problemOf } from "../http/problem.ts";
import { gatherIncident } from "./gather-incident.ts";
import { incidentPage } from "./incident-page.ts";
import { answerPage, answerSentence } from "./page-frame.ts";

/** A page with its pictures is five; a proxy makes one address of many people. */
const requestsPerMinute = 600;

/**
 * Pages for people, who have no key: they stand before the door, and a signature in the address opens one incident and its
 * evidence. They are no operations of the OpenAPI document, as no program is to read them.
 */
export function addPages(app: ApiApp, parts: ApiParts, { addressOf, onFault }: ApiOptions): void {
  const pages = new Hono<ApiEnv>();
  pages.onError((error, c) => {
    if (problemOf(error)?.status === 503) return answerSentence(c, 503, later);
    onFault?.(error, c.get("requestId"));
    return answerSentence(c, 500, fault);
  });
  pages.use(
    async (c, next) => {
      c.header("referrer-policy", "no-referrer");
      c.header("x-robots-tag", "noindex, nofollow");
      await next();
    },
    rateLimiter<ApiEnv>({
      windowMs: 60_000,
      limit: requestsPerMinute,
      keyGenerator: (c) => addressOf(c.env),
      handler: (c) => answerSentence(c, 429, tooOften),
    }),
  );

  pages.get("/:token", async (c) => {
    const token = c.req.param("token");
    const found = await opened(token);
    if (typeof found === "string") return refuse(c, found);
    return answerPage(c, 200, incidentPage(await gatherIncident(found, parts), token));
  });

  pages.get("/:token/:finding/:role", async (c) => {
    const { token, finding, role } = c.req.param();
    const found = await opened(token);
    if (typeof found === "string") return refuse(c, found);
    const meant = evidenceRoles.find((each) => each === role);
    const isIts = idSchema.safeParse(finding).success && found.parts.some(({ id }) => id === finding);
    const answer = meant && isIts && (await answerEvidence(c, parts.blobs, { findingId: finding, role: meant }));
    return answer || refuse(c, "wrong");
  });

  pages.get("*", (c) => refuse(c, "wrong"));
  app.route(incidentPages, pages);

  async function opened(token: string): Promise<Incident | "expired" | "wrong"> {
    const number = await parts.incidentLinks.read(token);
    if (typeof number === "string") return number;
    return (await parts.incidents.numbered(number)) ?? "wrong";
  }
}

function refuse(c: Context<ApiEnv>, why: "expired" | "wrong") {
  return why === "expired" ? answerSentence(c, 403, expired) : answerSentence(c, 404, wrong);
}

const wrong = {
  title: "Nothing is here",
  sentence:
    "This address opens nothing: it may have been cut off, or its link was revoked; take it from the message again.",
};

const expired = {
  title: "This link is over",
  sentence: `A link opens its incident for ${incidentLinkDays} days; the incident itself is in the API.`,
};

const later = {
  title: "Not now",
  sentence: "The storage of Glasswatch does not answer; load the page again in a moment.",
};

const fault = {
  title: "A fault",
  sentence: "Glasswatch met a fault of its own, which was logged; load the page again.",
};

const tooOften = {
  title: "Too often",
  sentence: "Too many requests come from your network; load the page again in a minute.",
};
