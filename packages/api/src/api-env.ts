import type { OpenAPIHono } from "@hono/zod-openapi";
import type { RequestIdVariables } from "hono/request-id";
import type { Caller } from "./auth/caller.ts";

/** What goes along with a request through the app. */
export interface ApiEnv {
  readonly Variables: RequestIdVariables & { readonly caller: Caller };
}

export type ApiApp = OpenAPIHono<ApiEnv>;
