import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../api-env.ts";
import { ProblemError } from "../http/problem-error.ts";
import { type Authenticate, mayDo, type Scope } from "./caller.ts";

const realm = 'Bearer realm="glasswatch"';

/** Lets nobody in whom `authenticate` does not know. */
export function requireCaller(authenticate: Authenticate): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const caller = await authenticate(c.req.raw, c.env);
    if (!caller) throw unauthorized(c.req.raw.headers.has("authorization"));
    c.set("caller", caller);
    await next();
  };
}

/** Lets nobody on who may not do this. */
export function needs(scope: Scope): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!mayDo(c.get("caller"), scope)) throw forbidden(scope);
    await next();
  };
}

/** RFC 6750 §3: the error is named only where credentials were sent. */
function unauthorized(sent: boolean): ProblemError {
  const detail = sent
    ? "the key is not known, or was revoked; send another as Authorization: Bearer KEY"
    : "send an API key as Authorization: Bearer KEY";
  const challenge = sent ? `${realm}, error="invalid_token"` : realm;
  return new ProblemError({ status: 401, code: "unauthorized", detail, headers: { "www-authenticate": challenge } });
}

function forbidden(scope: Scope): ProblemError {
  const detail = `this needs a key with scope ${scope}`;
  const challenge = `${realm}, error="insufficient_scope", scope="${scope}"`;
  return new ProblemError({ status: 403, code: "forbidden", detail, headers: { "www-authenticate": challenge } });
}
