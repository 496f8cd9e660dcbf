import { OpenAPIHono } from "@hono/zod-openapi";
import type { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { rateLimiter } from "hono-rate-limiter";
import type { ApiApp, ApiEnv } from "./api-env.ts";
import { type ApiOptions, defaultRequestsPerMinute } from "./api-options.ts";
import { openParts } from "./api-parts.ts";
import { requireCaller } from "./auth/require-caller.ts";
import { addCommandRoutes } from "./commands/command-routes.ts";
import { addEventRoutes } from "./events/event-routes.ts";
import { addFileRepairRoutes } from "./file-repairs/file-repair-routes.ts";
import { addEvidenceRoute } from "./findings/evidence-route.ts";
import { addFindingRoutes } from "./findings/finding-routes.ts";
import { addHealthRoute } from "./health-route.ts";
import { addSlackHook } from "./hooks/slack-hook.ts";
import { addSmsHook } from "./hooks/sms-hook.ts";
import { limitBody } from "./http/limit-body.ts";
import { answerProblem, internalFault, problemOf } from "./http/problem.ts";
import { notFound } from "./http/problem-error.ts";
import { problemOfIssues } from "./http/request-errors.ts";
import { tooMany } from "./http/too-many.ts";
import { addIncidentRoutes } from "./incidents/incident-routes.ts";
import { addLinkRevocation } from "./incidents/revoke-links-route.ts";
import { addKeyRoutes } from "./keys/key-routes.ts";
import { addOpenApiRoute } from "./openapi-route.ts";
import { addPages } from "./pages/page-routes.ts";
import { addProfileRoutes } from "./profiles/profile-routes.ts";
import { addQueueRoutes } from "./queues/queue-routes.ts";
import { addRepairRoutes } from "./repairs/repair-routes.ts";
import { addScanRoutes } from "./scans/scan-routes.ts";
import { addSilenceRoutes } from "./silences/silence-routes.ts";
import { addStreamRoutes } from "./streams/stream-routes.ts";

/** The HTTP interface: `app.fetch` of what this gives is served by whoever composes it. */
export function createApi(options: ApiOptions): Hono<ApiEnv> {
  const app: ApiApp = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw problemOfIssues(result.target, result.error.issues);
    },
  });
  const parts = openParts(options);
  addErrors(app, options);
  app.use(requestId(), secureHeaders());
  app.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });
  addHealthRoute(app, parts);
  addPages(app, parts, options);
  if (options.hooks) addSlackHook(app, options.hooks, options);
  addDoor(app, options);
  addStreamRoutes(app, parts);
  addScanRoutes(app, parts);
  addFileRepairRoutes(app, parts);
  addFindingRoutes(app, parts);
  addEvidenceRoute(app, parts);
  addIncidentRoutes(app, parts);
  addLinkRevocation(app, parts);
  addSilenceRoutes(app, parts);
  addRepairRoutes(app, parts);
  addCommandRoutes(app, parts);
  addProfileRoutes(app, parts);
  addEventRoutes(app, parts);
  addQueueRoutes(app, parts);
  addKeyRoutes(app, parts);
  if (options.hooks) addSmsHook(app, options.hooks);
  addOpenApiRoute(app);
  return app;
}

function addErrors(app: ApiApp, { onFault }: ApiOptions): void {
  app.onError((error, c) => {
    const facts = problemOf(error);
    if (facts === null) onFault?.(error, c.get("requestId"));
    return answerProblem(c, facts ?? internalFault);
  });
  app.notFound((c) => answerProblem(c, notFound(`${c.req.path}; see /v1/openapi.json for what there is`).facts));
}

/** Whoever comes past here is known, and asks neither too often nor too much at once. */
function addDoor(app: ApiApp, { authenticate, requestsPerMinute = defaultRequestsPerMinute }: ApiOptions): void {
  app.use(
    requireCaller(authenticate),
    rateLimiter<ApiEnv>({
      windowMs: 60_000,
      limit: requestsPerMinute,
      standardHeaders: "draft-7",
      keyGenerator: (c) => c.get("caller").subject,
      handler: tooMany,
    }),
    limitBody,
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allow = methods.join(", ");
        const detail = `${c.req.method} is not possible here; ${allow} are`;
        return answerProblem(c, { status: 405, code: "method-not-allowed", detail, headers: { allow } });
      },
    }),
  );
}
