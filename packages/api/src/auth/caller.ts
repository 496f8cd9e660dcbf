import { type ApiKey, scopes } from "@glasswatch/core/state/api-keys";

export type Scope = ApiKey["scope"];

/** Who asks. */
export interface Caller {
  /** Names the caller among all callers: what it creates under an idempotency key, and how much it may ask, goes by this. */
  readonly subject: string;
  /** For people to read: by this name others see who did something. */
  readonly name: string;
  /** Each includes the ones before it in `scopes`. */
  readonly scopes: readonly Scope[];
}

/**
 * Tells who asks, from what the request brings; null where it brings nothing, or nothing that holds.
 *
 * @param env what the server gives along: on Lambda the event, with the claims that its authorizer checked
 */
export type Authenticate = (request: Request, env: unknown) => Promise<Caller | null>;

export function mayDo(caller: Caller, needed: Scope): boolean {
  return caller.scopes.some((scope) => scopes.indexOf(scope) >= scopes.indexOf(needed));
}
