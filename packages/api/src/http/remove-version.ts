import type { Context } from "hono";
import { assertIfMatch } from "./etag.ts";
import { notFound } from "./problem-error.ts";
import { retryConflicts } from "./retry-conflicts.ts";

export interface Removable {
  get(): Promise<{ readonly version: number } | null>;
  remove(version: number): Promise<void>;
}

/**
 * Removes what stands there, or the version that the request means.
 *
 * @param what as in `notFound`
 * @throws ProblemError (404, 412)
 */
export async function removeVersion(c: Context, what: string, { get, remove }: Removable): Promise<void> {
  await retryConflicts(async () => {
    const stored = await get();
    if (!stored) throw notFound(what);
    assertIfMatch(c, stored.version);
    await remove(stored.version);
  });
}
