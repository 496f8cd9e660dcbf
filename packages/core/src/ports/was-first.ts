import { ConflictError } from "./errors.ts";

/** Waits for a write. @returns false where it was refused because somebody else wrote there first */
export async function wasFirst(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
