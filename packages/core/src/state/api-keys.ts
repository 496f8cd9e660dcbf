import { z } from "zod";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { openRows, type Stored } from "./rows.ts";

/** What a caller may do: `read`, `write` (streams, scans, profiles, silences, commands) and `admin` (keys, queues) each include the ones before. */
export const scopes = ["read", "write", "admin"] as const;

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(scopes),
  /** SHA-256 of the secret, as hex. */
  secretHash: z.string(),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
});

export type ApiKey = z.infer<typeof apiKeySchema>;

export interface ApiKeys {
  get(id: string): Promise<Stored<ApiKey> | null>;
  create(key: ApiKey): Promise<Stored<ApiKey>>;
  /** Null where there is no such key. */
  revoke(id: string, at: Date): Promise<ApiKey | null>;
  list(page: PageRequest): Promise<Page<Stored<ApiKey>>>;
}

export function openApiKeys(table: Table): ApiKeys {
  const rows = openRows(table, apiKeySchema, {
    listing: ({ id, createdAt }) => ({ list: "keys", order: `${createdAt}#${id}` }),
  });

  return {
    get: (id) => rows.get(keyOf(id)),
    create: (key) => rows.put(keyOf(key.id), 0, { value: key }),
    async revoke(id, at) {
      const stored = await rows.change(keyOf(id), (known) =>
        known && known.value.revokedAt === null ? { value: { ...known.value, revokedAt: at.toISOString() } } : null,
      );
      return stored?.value ?? null;
    },
    list: (page) => rows.list("keys", page),
  };
}

function keyOf(id: string): RowKey {
  return { partition: `key#${id}`, sort: "key" };
}
