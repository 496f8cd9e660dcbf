import type { ApiKey, ApiKeys } from "@glasswatch/core/state/api-keys";
import { hashSecret, isSecretOf, keyText, makeKeyId, makeKeyParts, parseKey } from "./api-key-text.ts";
import { bearerOf } from "./bearer.ts";
import type { Authenticate, Scope } from "./caller.ts";

/** Callers with an API key of our own: `Authorization: Bearer gw_…`. */
export function authenticateByKey(apiKeys: ApiKeys): Authenticate {
  return async (request) => {
    const parts = parseKey(bearerOf(request) ?? "");
    const stored = parts && (await apiKeys.get(parts.id));
    if (!stored || !isSecretOf(parts.secret, stored.value.secretHash) || stored.value.revokedAt !== null) return null;
    const { name, scope } = stored.value;
    return { subject: `key:${parts.id}`, name, scopes: [scope] };
  };
}

export interface KeyRequest {
  readonly name: string;
  readonly scope: Scope;
  readonly now: Date;
  /** 16 hexadecimal digits; made up unless given. */
  readonly id?: string;
}

export interface IssuedKey {
  readonly apiKey: ApiKey;
  /** What its owner sends. It is kept nowhere: this is the only time it is seen. */
  readonly key: string;
}

/** @throws ConflictError where there is a key of this id */
export async function issueKey(
  apiKeys: ApiKeys,
  { name, scope, now, id = makeKeyId() }: KeyRequest,
): Promise<IssuedKey> {
  const parts = makeKeyParts(id);
  const { value } = await apiKeys.create({
    ...{ id: parts.id, name, scope },
    secretHash: hashSecret(parts.secret),
    createdAt: now.toISOString(),
    revokedAt: null,
  });
  return { apiKey: value, key: keyText(parts) };
}
