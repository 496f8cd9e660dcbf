import { ConflictError } from "@glasswatch/core/ports/errors";

/** What an earlier try of the same request has created already is taken as it stands. */
export async function createOnce<Stored>(
  create: () => Promise<Stored>,
  get: () => Promise<Stored | null>,
): Promise<Stored> {
  try {
    return await create();
  } catch (error) {
    const stored = error instanceof ConflictError ? await get() : null;
    if (stored === null) throw error;
    return stored;
  }
}
