import { authenticateByKey, issueKey } from "@glasswatch/api/auth/local-keys";
import type { ApiKeys } from "@glasswatch/core/state/api-keys";
import { readApiFile } from "./api-file.ts";

/** The key that the folder keeps, or a new one where that is missing or revoked. */
export async function firstKey(folder: string, apiKeys: ApiKeys): Promise<string> {
  const kept = (await readApiFile(folder))?.key;
  if (kept !== undefined && (await isGood(kept, apiKeys))) return kept;
  const { key } = await issueKey(apiKeys, { name: "glasswatch up", scope: "admin", now: new Date() });
  return key;
}

async function isGood(key: string, apiKeys: ApiKeys): Promise<boolean> {
  const request = new Request("http://localhost", { headers: { authorization: `Bearer ${key}` } });
  return (await authenticateByKey(apiKeys)(request, undefined)) !== null;
}
