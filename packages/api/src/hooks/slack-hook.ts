import { rateLimiter } from "hono-rate-limiter";
import type { ApiApp, ApiEnv } from "../api-env.ts";
import type { ApiOptions } from "../api-options.ts";
import { limitBody } from "../http/limit-body.ts";
import { tooMany } from "../http/too-many.ts";
import type { Hooks } from "./hooks.ts";

/** People press buttons; a proxy or a tunnel makes one address of many. */
const requestsPerMinute = 300;

/** Stands before the door: Slack has no key. It is no operation of the OpenAPI document, as nobody else calls it. */
export function addSlackHook(app: ApiApp, { slack }: Hooks, { addressOf }: Pick<ApiOptions, "addressOf">): void {
  if (!slack) return;
  app.post(
    "/v1/hooks/slack",
    rateLimiter<ApiEnv>({
      windowMs: 60_000,
      limit: requestsPerMinute,
      keyGenerator: (c) => addressOf(c.env),
      handler: tooMany,
    }),
    limitBody,
    (c) => slack(c.req.raw),
  );
}
