import type { Context } from "hono";
import type { ApiEnv } from "../api-env.ts";
import { answerProblem } from "./problem.ts";

/** RFC 6585 §4; the rate limiter adds `Retry-After`. */
export function tooMany(c: Context<ApiEnv>): Response {
  return answerProblem(c, { status: 429, code: "too-many-requests", detail: "wait as Retry-After says" });
}
